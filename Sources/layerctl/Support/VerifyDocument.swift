import ImageSpec
import LayerKit
import LayerModel
import TextOutput

/// What a verification found, as text and as JSON.
enum VerifyDocument {
    /// A line a fault, and one for each subject.
    static func lines(_ reports: [(subject: String, report: VerifyReport)], isQuiet: Bool) -> [UInt8] {
        var output: [UInt8] = []
        for (subject, report) in reports {
            for problem in report.problems { output += Array(TerminalText.escape(problem).utf8) + [UInt8(ascii: "\n")] }
            for layer in report.layers {
                for fault in layer.faults {
                    output += Array("\(layer.diffID): ".utf8)
                    if let path = fault.path {
                        TerminalText.append([UInt8(ascii: "/")] + path, to: &output)
                        output += Array(": ".utf8)
                    }
                    output += Array((TerminalText.escape(fault.reason) + "\n").utf8)
                }
            }
            if !isQuiet { output += Array((summary(subject, report) + "\n").utf8) }
        }
        return output
    }

    private static func summary(_ subject: String, _ report: VerifyReport) -> String {
        let damaged = report.layers.count { !$0.faults.isEmpty }
        let absent = report.layers.count { $0.isAbsent }
        let size = HumanSize.text(report.layers.reduce(0) { $0 + $1.byteCount })
        let count = report.layers.count - absent
        var parts = [count == 1 ? "1 layer" : "\(count) layers", size]
        if absent > 0 { parts.append("\(absent) not in the file") }
        parts.append(report.isIntact ? "intact" : damaged > 0 ? "\(damaged) damaged" : "damaged records")
        return "\(TerminalText.escape(subject)): \(parts.joined(separator: ", "))"
    }

    /// `{"intact": …, "subjects": [{"subject", "intact", "images", "layers", "problems"}]}`.
    static func object(_ reports: [(subject: String, report: VerifyReport)]) -> JSONObject {
        [
            "intact": .bool(reports.allSatisfy(\.report.isIntact)),
            "subjects": .array(reports.map { .object(object($0.subject, $0.report)) }),
        ]
    }

    private static func object(_ subject: String, _ report: VerifyReport) -> JSONObject {
        let images = report.images.map { image -> JSONValue in
            .object([
                "id": .string(image.id.description), "names": .array(image.names.map { .string($0) }),
                "layers": .array(image.layers.map { .string($0.description) }),
            ])
        }
        let layers = report.layers.map { layer -> JSONValue in
            let faults = layer.faults.map { fault -> JSONValue in
                .object([
                    "path": fault.path.map { .string("/" + TerminalText.escape($0, keeping: [.lineFeed, .tab])) }
                        ?? .null,
                    "reason": .string(fault.reason),
                ])
            }
            return .object([
                "diffID": .string(layer.diffID.description), "bytes": JSONValue(layer.byteCount),
                "state": .string(layer.isAbsent ? "absent" : layer.faults.isEmpty ? "intact" : "damaged"),
                "faults": .array(faults),
            ])
        }
        return [
            "subject": .string(subject), "intact": .bool(report.isIntact), "images": .array(images),
            "layers": .array(layers), "problems": .array(report.problems.map { .string($0) }),
        ]
    }
}
