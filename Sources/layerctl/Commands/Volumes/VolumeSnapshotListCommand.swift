import ArgumentParser
import ImageSpec
import LayerKit
import LayerModel
import LayerSystem
import TextOutput

/// `layerctl volume snapshots`.
struct VolumeSnapshotListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "snapshots",
        abstract: "List the snapshots of a volume, or of all volumes, the newest first."
    )

    private static let formatter = RowFormatter(
        columns: [
            RowFormatter.Column("Volume", header: "VOLUME NAME"), RowFormatter.Column("Snapshot", header: "SNAPSHOT"),
            RowFormatter.Column("DiffID", header: "DIFF ID"), RowFormatter.Column("ID", header: "IMAGE ID"),
            RowFormatter.Column("CreatedSince", header: "CREATED"),
            RowFormatter.Column("CreatedAt", header: "CREATED AT"), RowFormatter.Column("Size", header: "SIZE"),
            RowFormatter.Column("Files", header: "FILES"),
        ],
        defaultTemplate: "{{.Volume}}\t{{.DiffID}}\t{{.CreatedSince}}\t{{.Size}}\t{{.Files}}\t{{.Snapshot}}"
    )

    @Argument(help: "VOLUME") var volume: String?
    @Option(help: ArgumentHelp("table, 'table TEMPLATE', json, or a Go template.", valueName: "format")) var format = ""
    @Flag(name: .shortAndLong, help: "DiffIDs only.") var quiet = false
    @Flag(help: "Do not shorten.") var noTrunc = false
    @OptionGroup var store: StoreOptions

    func run() throws {
        let listing = try store.openToRead().volumeSnapshots(of: volume)
        let now = Host.now().seconds
        let rows = listing.snapshots.map { row($0, now: now) }
        try StandardStream.output.write(Self.formatter.output(rows, format: quiet ? "{{.DiffID}}" : format))
        try WarningList.write(listing.problems)
    }

    private func row(_ snapshot: VolumeSnapshot, now: Int64) -> [String: TemplateValue] {
        [
            "Volume": .string(snapshot.volume), "Snapshot": .string(snapshot.reference?.familiar ?? "<none>"),
            "DiffID": .string(DigestText.text(snapshot.diffID.digest, isTruncated: !noTrunc)),
            "ID": .string(DigestText.text(snapshot.imageID.digest, isTruncated: !noTrunc)),
            "CreatedSince": .string(HumanDuration.text(seconds: now - snapshot.created.seconds) + " ago"),
            "CreatedAt": .string(LocalDate.text(snapshot.created.seconds)),
            "Size": .string(snapshot.byteCount.map(VolumeTable.size) ?? "N/A"),
            "Files": .string(snapshot.fileCount.map { "\($0)" } ?? "N/A"),
        ]
    }
}
