/// How much a finding matters.
public enum AuditSeverity: String, CaseIterable, Comparable, Sendable {
    /// Good to know.
    case info
    /// Costs room, or helps an attacker who is inside already.
    case low
    /// Gives more rights than most programs need, or a secret that is itself protected.
    case medium
    /// A secret that whoever has the image has.
    case high

    /// The next one below; nothing is below `low` but what is no danger at all.
    package var lowered: AuditSeverity { self == .high ? .medium : min(self, .low) }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    /// Orders from what matters least.
    public static func < (left: AuditSeverity, right: AuditSeverity) -> Bool { left.rank < right.rank }
}
