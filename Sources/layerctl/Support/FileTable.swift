import ImageSpec
import LayerKit
import LayerModel
import LayerSystem
import TextOutput

/// Files of a container as text and as JSON.
enum FileTable {
    /// One name a line.
    static func names(_ files: [ContainerFile]) -> [UInt8] {
        var output: [UInt8] = []
        for file in files {
            TerminalText.append(file.name, to: &output)
            output.append(UInt8(ascii: "\n"))
        }
        return output
    }

    /// Mode, owner, group, size, time and name; times in UTC.
    static func details(_ files: [ContainerFile]) -> [UInt8] {
        var text: [UInt8] = []
        for file in files {
            let attributes = file.attributes
            let time = Timestamp(seconds: attributes.modificationTime.seconds).rfc3339(offsetSeconds: 0)
            var name = TerminalText.escape(file.name)
            if file.kind == .symbolicLink { name += " -> " + TerminalText.escape(file.target) }
            let owner = "\(attributes.uid)\t\(attributes.gid)"
            text += Array("\(mode(file))\t\(owner)\t\(size(file))\t\(time)\t\(name)\n".utf8)
        }
        return TablePrinter().format(text)
    }

    /// A list of objects.
    static func json(_ files: [ContainerFile]) -> JSONValue {
        .array(files.map { .object(object($0)) })
    }

    /// A list of directories, each with what lies in it.
    static func json(_ listings: [FileListing]) -> JSONValue {
        .array(listings.map { .object(["path": .string(text($0.path)), "files": json($0.files)]) })
    }

    private static func object(_ file: ContainerFile) -> JSONObject {
        let attributes = file.attributes
        var object: JSONObject = [
            "name": .string(text(file.name)), "type": .string(type(file.kind)),
            "mode": .string(octal(attributes.mode)),
            "uid": JSONValue(Int64(attributes.uid)), "gid": JSONValue(Int64(attributes.gid)),
            "size": JSONValue(file.byteCount),
            "modified": .string(attributes.modificationTime.rfc3339(offsetSeconds: 0)),
        ]
        switch file.kind {
        case .symbolicLink: object["target"] = .string(text(file.target))
        case .characterDevice, .blockDevice:
            object["device"] = .string("\(file.device.major):\(file.device.minor)")
        default: break
        }
        if !attributes.extendedAttributes.isEmpty {
            object["xattrs"] = .array(attributes.extendedAttributes.map { .string(text($0.name)) })
        }
        return object
    }

    /// JSON is text: bytes that are no UTF-8 are escaped as they are for a terminal.
    static func text(_ bytes: [UInt8]) -> String { TerminalText.escape(bytes, keeping: [.lineFeed, .tab]) }

    private static func octal(_ mode: UInt16) -> String {
        let digits = String(mode, radix: 8)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    private static func size(_ file: ContainerFile) -> String {
        switch file.kind {
        case .characterDevice, .blockDevice: "\(file.device.major), \(file.device.minor)"
        default: String(file.byteCount)
        }
    }

    private static func type(_ kind: EntryKind) -> String {
        switch kind {
        case .regular, .hardLink: "file"
        case .directory: "directory"
        case .symbolicLink: "symlink"
        case .characterDevice: "character device"
        case .blockDevice: "block device"
        case .fifo: "fifo"
        case .socket: "socket"
        }
    }

    /// Ten characters, as `ls -l` writes them.
    static func mode(_ file: ContainerFile) -> String {
        let letters: [EntryKind: Character] = [
            .directory: "d", .symbolicLink: "l", .characterDevice: "c", .blockDevice: "b", .fifo: "p", .socket: "s",
        ]
        let mode = file.attributes.mode
        var text = String(letters[file.kind] ?? "-")
        for (place, special) in [(6, (0o4000, "s")), (3, (0o2000, "s")), (0, (0o1000, "t"))] {
            let bits = mode >> UInt16(place)
            let isSpecial = mode & UInt16(special.0) != 0
            text += bits & 4 != 0 ? "r" : "-"
            text += bits & 2 != 0 ? "w" : "-"
            let runs = bits & 1 != 0
            text += isSpecial ? (runs ? special.1 : special.1.uppercased()) : (runs ? "x" : "-")
        }
        return text
    }
}
