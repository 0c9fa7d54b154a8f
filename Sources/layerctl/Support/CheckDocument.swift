import ImageSpec
import LayerKit
import TextOutput

/// What a check found, as text and as JSON.
enum CheckDocument {
    /// What was put right, what is wrong, what is left over: a line each, and one for the store.
    static func lines(_ report: CheckReport, of path: String) -> [UInt8] {
        var output: [UInt8] = []
        for repair in report.repairs {
            let advice = repair.advice.map { " (\($0))" } ?? ""
            append(repair.kind, repair.id, repair.path, repair.action + advice, to: &output)
        }
        for fault in report.faults {
            let remedy = fault.remedy.map { " (\($0))" } ?? ""
            append(fault.kind, fault.id, fault.path, fault.reason + remedy, to: &output)
        }
        for note in report.notes { output += Array("note: \(TerminalText.escape(note))\n".utf8) }
        output += Array("\(summary(report, of: path))\n".utf8)
        return output
    }

    private static func append(
        _ kind: StoreFault.Kind,
        _ id: String,
        _ path: [UInt8]?,
        _ text: String,
        to output: inout [UInt8]
    ) {
        output += Array((id.isEmpty ? kind.rawValue : "\(kind.rawValue) \(TerminalText.escape(id))").utf8)
        if let path {
            output += Array(": ".utf8)
            TerminalText.append(path, to: &output)
        }
        output += Array(": \(TerminalText.escape(text))\n".utf8)
    }

    private static func summary(_ report: CheckReport, of path: String) -> String {
        var parts = StoreFault.Kind.allCases.compactMap { kind -> String? in
            guard let count = report.counts[kind], count > 0 else { return nil }
            return count == 1 ? "1 \(kind.rawValue)" : "\(count) \(kind.rawValue)s"
        }
        if report.byteCount > 0 { parts.append("\(HumanSize.text(report.byteCount)) read") }
        if !report.repairs.isEmpty { parts.append("\(report.repairs.count) put right") }
        let count = report.faults.count
        parts.append(count == 0 ? "intact" : count == 1 ? "1 fault" : "\(count) faults")
        return "\(TerminalText.escape(path)): \(parts.joined(separator: ", "))"
    }

    /// `{"root", "intact", "bytesRead", "counts", "faults", "notes", "repairs", "problems"}`.
    static func object(_ report: CheckReport, of path: String) -> JSONObject {
        let counts = StoreFault.Kind.allCases.map { ($0.rawValue, JSONValue(Int64(report.counts[$0] ?? 0))) }
        let faults = report.faults.map { fault in
            var object = object(fault.kind, fault.id, fault.path)
            object["reason"] = .string(fault.reason)
            object["remedy"] = fault.remedy.map { .string($0) } ?? .null
            return JSONValue.object(object)
        }
        let repairs = report.repairs.map { repair in
            var object = object(repair.kind, repair.id, repair.path)
            object["action"] = .string(repair.action)
            object["advice"] = repair.advice.map { .string($0) } ?? .null
            return JSONValue.object(object)
        }
        return [
            "root": .string(path), "intact": .bool(report.isIntact), "bytesRead": JSONValue(report.byteCount),
            "counts": .object(JSONObject(counts.filter { $0.0 != StoreFault.Kind.store.rawValue })),
            "faults": .array(faults), "notes": .array(report.notes.map { .string($0) }), "repairs": .array(repairs),
            "problems": .array(report.problems.map { .string($0) }),
        ]
    }

    /// A path is bytes, and JSON is text: one that is no text stands there in hexadecimal digits.
    private static func object(_ kind: StoreFault.Kind, _ id: String, _ path: [UInt8]?) -> JSONObject {
        var object: JSONObject = ["kind": .string(kind.rawValue), "id": .string(id), "path": .null]
        guard let path else { return object }
        if let text = String(validating: path, as: UTF8.self) {
            object["path"] = .string(text)
        } else {
            object["pathBytes"] = .string(
                path.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
            )
        }
        return object
    }
}
