import LayerKit
import LayerModel
import TextOutput

/// How mounts are listed.
enum MountTableRows {
    /// The columns and the default table.
    static let formatter = RowFormatter(columns: [
        RowFormatter.Column("ID", header: "ID"), RowFormatter.Column("Name", header: "NAME"),
        RowFormatter.Column("Kind", header: "KIND"), RowFormatter.Column("Driver", header: "DRIVER"),
        RowFormatter.Column("Mode", header: "MODE"), RowFormatter.Column("Path", header: "PATH"),
    ])

    /// The values of one row.
    static func row(_ mount: MountDetails) -> [String: TemplateValue] {
        var row: [String: TemplateValue] = [
            "Driver": .string(mount.driver), "Mode": .string(mount.isReadOnly ? "ro" : "rw"),
            "Path": .string(TerminalText.escape(mount.path)), "Name": .string(name(mount)),
        ]
        switch mount.subject {
        case .container(let id, _):
            row["ID"] = .string(id.short)
            row["Kind"] = .string("container")
        case .image(let id):
            row["ID"] = .string(String(id.digest.hex.prefix(12)))
            row["Kind"] = .string("image")
        }
        return row
    }

    /// What the mount is called on the command line.
    static func name(_ mount: MountDetails) -> String {
        switch mount.subject {
        case .container(_, let name): name
        case .image(let id): id.description
        }
    }
}
