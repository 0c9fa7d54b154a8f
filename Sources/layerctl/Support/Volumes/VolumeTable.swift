import LayerKit
import TextOutput

/// How volumes are listed.
///
/// Source: docker/cli `cli/command/formatter/volume.go`.
enum VolumeTable {
    private static let significantDigits = 4
    private static let unknown = "N/A"

    /// The columns and the default table.
    static func formatter(hasSizes: Bool) -> RowFormatter {
        let columns = [
            RowFormatter.Column("Driver", header: "DRIVER"), RowFormatter.Column("Name", header: "VOLUME NAME"),
            RowFormatter.Column("Scope", header: "SCOPE"), RowFormatter.Column("Mountpoint", header: "MOUNTPOINT"),
            RowFormatter.Column("Labels", header: "LABELS"), RowFormatter.Column("Links", header: "LINKS"),
            RowFormatter.Column("Size", header: "SIZE"), RowFormatter.Column("Availability", header: "AVAILABILITY"),
            RowFormatter.Column("Group", header: "GROUP"), RowFormatter.Column("Status", header: "STATUS"),
        ]
        guard hasSizes else {
            return RowFormatter(columns: columns, defaultTemplate: "{{.Driver}}\t{{.Name}}")
        }
        return RowFormatter(
            columns: columns + [RowFormatter.Column("Inodes", header: "INODES")],
            defaultTemplate: "{{.Driver}}\t{{.Name}}\t{{.Links}}\t{{.Size}}\t{{.Inodes}}"
        )
    }

    /// The values of one row; as with Docker, links and sizes are known only where sizes were asked for.
    static func row(_ volume: VolumeDetails, hasSizes: Bool) -> [String: TemplateValue] {
        let size = volume.size
        return [
            "Driver": .string(TerminalText.escape(volume.driver)), "Name": .string(TerminalText.escape(volume.name)),
            "Scope": .string(volume.scope), "Mountpoint": .string(TerminalText.escape(volume.path)),
            RowFormatter.labelsKey: TemplateValue.strings(volume.labels),
            "Labels": .string(volume.labels.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: ",")),
            "Links": .string(hasSizes ? "\(volume.users.count)" : unknown),
            "Size": .string(size.map { Self.size($0.byteCount) } ?? unknown),
            "Inodes": .string(size.map { "\($0.inodeCount)" } ?? unknown),
            "Availability": .string(unknown), "Group": .string(unknown), "Status": .string(unknown),
        ]
    }

    /// A size in four digits, as Docker has it for volumes.
    static func size(_ byteCount: Int64) -> String {
        HumanSize.text(byteCount, significantDigits: significantDigits)
    }
}
