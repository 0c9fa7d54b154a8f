import ImageSpec
import LayerKit
import LayerSystem
import TextOutput

/// Changes of a container as text and as JSON.
enum DiffTable {
    /// Prints changes.
    ///
    /// - Parameters:
    ///   - changes: The changes.
    ///   - format: The form.
    ///   - withSizes: Whether sizes of files are added, and their sums.
    /// - Throws: `SystemError`.
    static func write(_ changes: [ContainerChange], as format: DiffFormat, withSizes: Bool) throws {
        switch format {
        case .table: try StandardStream.output.write(withSizes ? statistics(changes) : lines(changes))
        case .json:
            let text = JSONValue.object(object(changes, withSizes: withSizes)).encoded()
            try StandardStream.output.write(TerminalText.escapeJSON(text) + [UInt8(ascii: "\n")])
        }
    }

    /// One line a change: `C /etc` (contract 3.3).
    static func lines(_ changes: [ContainerChange]) -> [UInt8] {
        var output: [UInt8] = []
        for change in changes {
            output.append(contentsOf: (change.kind.rawValue + " ").utf8)
            TerminalText.append(change.path, to: &output)
            output.append(UInt8(ascii: "\n"))
        }
        return output
    }

    /// Lines with the sizes before and after, and sums at the end.
    static func statistics(_ changes: [ContainerChange]) -> [UInt8] {
        var text = Array("CHANGE\tOLD SIZE\tNEW SIZE\tPATH\n".utf8)
        for change in changes {
            let sizes = "\(size(change.formerByteCount))\t\(size(change.byteCount))"
            text += Array("\(change.kind.rawValue)\t\(sizes)\t\(TerminalText.escape(change.path))\n".utf8)
        }
        let total = Total(changes)
        let counts = "\(total.added) added, \(total.changed) changed, \(total.deleted) deleted"
        let sizes = "\(size(total.formerByteCount)) before, \(size(total.byteCount)) after"
        return TablePrinter().format(text) + Array("\(counts); \(sizes)\n".utf8)
    }

    /// The changes as podman's JSON has them, three lists of paths; with sizes one list of objects and the sums beside them.
    static func object(_ changes: [ContainerChange], withSizes: Bool) -> JSONObject {
        func paths(_ kind: ContainerChange.Kind) -> JSONValue {
            .array(changes.filter { $0.kind == kind }.map { .string(text($0.path)) })
        }
        var object: JSONObject = [
            "added": paths(.added), "changed": paths(.changed), "deleted": paths(.deleted),
        ]
        guard withSizes else { return object }
        object["files"] = .array(changes.map { .object(Self.object($0)) })
        let total = Total(changes)
        object["oldSize"] = JSONValue(total.formerByteCount)
        object["newSize"] = JSONValue(total.byteCount)
        return object
    }

    private static func object(_ change: ContainerChange) -> JSONObject {
        [
            "change": .string(change.kind.rawValue), "path": .string(text(change.path)),
            "oldSize": change.formerByteCount.map { JSONValue($0) } ?? .null,
            "newSize": change.byteCount.map { JSONValue($0) } ?? .null,
        ]
    }

    /// JSON is text: bytes that are no UTF-8 are escaped as they are for a terminal.
    private static func text(_ path: [UInt8]) -> String { TerminalText.escape(path, keeping: [.lineFeed, .tab]) }

    private static func size(_ byteCount: Int64?) -> String { byteCount.map { HumanSize.text($0) } ?? "-" }

    private struct Total {
        var added = 0
        var changed = 0
        var deleted = 0
        var byteCount: Int64 = 0
        var formerByteCount: Int64 = 0

        init(_ changes: [ContainerChange]) {
            for change in changes {
                switch change.kind {
                case .added: added += 1
                case .changed: changed += 1
                case .deleted: deleted += 1
                }
                byteCount += change.byteCount ?? 0
                formerByteCount += change.formerByteCount ?? 0
            }
        }
    }
}
