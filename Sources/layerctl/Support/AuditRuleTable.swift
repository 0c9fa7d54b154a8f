import ImageSpec
import LayerAudit
import TextOutput

/// The rules of an audit, as text and as JSON.
enum AuditRuleTable {
    /// A line a rule.
    static var lines: [UInt8] {
        let rows = AuditRule.all.map { "\($0.id)\t\($0.severity.rawValue)\t\($0.summary)\n" }
        return TablePrinter().format(Array(("RULE\tSEVERITY\tLOOKS FOR\n" + rows.joined()).utf8))
    }

    /// `{"rules": [{"rule", "severity", "summary"}]}`.
    static var object: JSONObject {
        [
            "rules": .array(
                AuditRule.all.map {
                    .object([
                        "rule": .string($0.id), "severity": .string($0.severity.rawValue),
                        "summary": .string($0.summary),
                    ])
                }
            )
        ]
    }
}
