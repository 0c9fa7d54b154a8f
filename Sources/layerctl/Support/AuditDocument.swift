import ImageSpec
import LayerAudit
import LayerKit
import LayerModel
import TextOutput

/// What audits found, as text and as JSON.
struct AuditDocument {
    /// What was found in one image.
    struct Report {
        /// The image as the user named it.
        let subject: String
        /// The image.
        let image: ImageDetails
        /// All that was found and is not to be left out.
        let findings: [AuditFinding]
    }

    private static let commandColumnCount = 45

    private let reports: [Report]
    private let severity: AuditSeverity
    private let isTruncated: Bool

    /// Prepares to print.
    init(_ reports: [Report], from severity: AuditSeverity, isTruncated: Bool) {
        self.reports = reports
        self.severity = severity
        self.isTruncated = isTruncated
    }

    private func shown(_ report: Report) -> [AuditFinding] { report.findings.filter { $0.severity >= severity } }

    /// For each image a table and a line that sums up.
    var lines: [UInt8] {
        var output: [UInt8] = []
        for report in reports {
            let findings = shown(report)
            if !findings.isEmpty {
                let rows = findings.flatMap { row($0) + [UInt8(ascii: "\n")] }
                output += TablePrinter().format(Array("SEVERITY\tRULE\tLAYER\tPATH\tDETAIL\tCREATED BY\n".utf8) + rows)
            }
            output += Array((summary(report) + "\n").utf8)
        }
        return output
    }

    private func row(_ finding: AuditFinding) -> [UInt8] {
        let command = cell(finding.createdBy ?? "-")
        let cells = [
            finding.severity.rawValue, finding.rule.id, finding.layerNumber.map { String($0) } ?? "-",
            finding.path.map { cell(FileTable.text($0)) } ?? "-",
            cell(finding.detail + (finding.removal.map(Self.text) ?? "")),
            isTruncated ? TerminalText.ellipsis(command, columnCount: Self.commandColumnCount) : command,
        ]
        return Array(cells.joined(separator: "\t").utf8)
    }

    /// A text on one line, without what would break a column or steer a terminal.
    private func cell(_ text: String) -> String {
        TerminalText.escape(text.split(separator: "\t", omittingEmptySubsequences: false).joined(separator: " "))
    }

    private static func text(_ removal: AuditFinding.Removal) -> String {
        "; \(removal.isReplaced ? "replaced" : "deleted") in layer \(removal.layerNumber)"
    }

    private func summary(_ report: Report) -> String {
        let counts = AuditSeverity.allCases.reversed().map { level in
            "\(report.findings.count { $0.severity == level }) \(level.rawValue)"
        }
        let layers = report.image.layers.count == 1 ? "1 layer" : "\(report.image.layers.count) layers"
        return "\(TerminalText.escape(report.subject)): \(counts.joined(separator: ", ")) in \(layers)"
    }

    /// `{"subjects": [{"subject", "image", "summary", "findings"}]}`; the counts are of all findings, also those not shown.
    var object: JSONObject { ["subjects": .array(reports.map { .object(object($0)) })] }

    private func object(_ report: Report) -> JSONObject {
        var summary = JSONObject()
        for level in AuditSeverity.allCases.reversed() {
            summary[level.rawValue] = JSONValue(Int64(report.findings.count { $0.severity == level }))
        }
        return [
            "subject": .string(report.subject), "image": .string(report.image.id.description),
            "layers": JSONValue(Int64(report.image.layers.count)), "summary": .object(summary),
            "findings": .array(shown(report).map { .object(Self.object($0)) }),
        ]
    }

    private static func object(_ finding: AuditFinding) -> JSONObject {
        [
            "rule": .string(finding.rule.id), "severity": .string(finding.severity.rawValue),
            "layer": finding.layerNumber.map { JSONValue(Int64($0)) } ?? .null,
            "diffID": finding.diffID.map { .string($0.description) } ?? .null,
            "createdBy": finding.createdBy.map { .string($0) } ?? .null,
            "path": finding.path.map { .string(FileTable.text($0)) } ?? .null,
            "detail": .string(finding.detail),
            "removedIn": finding.removal.map { JSONValue(Int64($0.layerNumber)) } ?? .null,
            "removal": finding.removal.map { .string($0.isReplaced ? "replaced" : "deleted") } ?? .null,
        ]
    }
}
