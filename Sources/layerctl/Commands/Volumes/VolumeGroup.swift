import ArgumentParser

/// `layerctl volume …`: directories that outlive the containers which use them.
struct VolumeGroup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "volume",
        abstract: "Manage volumes.",
        discussion: """
            A volume is a plain directory of the host, outside every layer: neither diff nor commit sees it. Its files lie in \
            ROOT/volumes/NAME/_data.
            """,
        subcommands: [
            VolumeCreateCommand.self, VolumeListCommand.self, VolumeInspectCommand.self, VolumeRemoveCommand.self,
            VolumePruneCommand.self, VolumeRenameCommand.self, VolumeCloneCommand.self, VolumeExportCommand.self,
            VolumeImportCommand.self, VolumeSnapshotCommand.self, VolumeSnapshotListCommand.self,
            VolumeSnapshotRemoveCommand.self, VolumeRestoreCommand.self, VolumeDiffCommand.self,
        ]
    )
}
