import ArgumentParser
import LayerKit
import LayerModel
import LayerSystem

/// `layerctl volume snapshot`.
struct VolumeSnapshotCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "snapshot",
        abstract: "Make the content of a volume a layer of the store and print its DiffID.",
        discussion: """
            The snapshot is an image of that one layer, named volume-snapshot/ID:VOLUME: it can be saved, listed and compared as any image, and \
            stays until it is removed.
            """
    )

    @Argument(help: "VOLUME") var volume: String
    @OptionGroup var store: StoreOptions

    func run() throws {
        let (snapshot, warnings) = try store.openToWrite().snapshotVolume(volume)
        try StandardStream.output.write(snapshot.diffID.digest.description + "\n")
        try WarningList.write(warnings)
    }
}

/// `layerctl volume rmsnapshot`.
struct VolumeSnapshotRemoveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rmsnapshot",
        abstract: "Remove snapshots, and their layers unless other images have them."
    )

    @Argument(help: "SNAPSHOT …: a name, a DiffID, an image ID, or the beginning of an ID") var snapshots: [String]
    @OptionGroup var store: StoreOptions

    func run() throws {
        let store = try store.openToWrite()
        var failures = FailureList()
        for snapshot in snapshots {
            try failures.attempt {
                try store.removeVolumeSnapshot(snapshot)
                try StandardStream.output.write(snapshot + "\n")
            }
        }
        try failures.report()
    }
}

/// `layerctl volume restore`.
struct VolumeRestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Give a volume the content of a snapshot in place of its own; a volume that is not there is made."
    )

    @Argument(help: "VOLUME") var volume: String
    @Argument(help: "SNAPSHOT: a name, a DiffID, an image ID, or the beginning of an ID") var snapshot: String
    @OptionGroup var store: StoreOptions

    func run() throws { try store.openToWrite().restoreVolume(volume, from: snapshot) }
}
