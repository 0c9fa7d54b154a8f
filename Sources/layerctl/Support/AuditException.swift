import ArgumentParser
import LayerAudit
import LayerKit

/// What a user does not want to hear of: a rule, or what it finds at paths that fit a glob.
struct AuditException: ExpressibleByArgument {
    private let rule: AuditRule
    private let paths: PathSelection?

    init?(argument: String) {
        let parts = argument.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let rule = AuditRule.named(parts[0]) else { return nil }
        if parts.count > 1, parts[1].isEmpty { return nil }
        self.rule = rule
        paths = parts.count > 1 ? PathSelection(include: [parts[1]], exclude: []) : nil
    }

    /// Whether a finding is left out.
    func covers(_ finding: AuditFinding) -> Bool {
        guard finding.rule == rule else { return false }
        guard let paths else { return true }
        return finding.path.map { paths.contains($0) } ?? false
    }
}
