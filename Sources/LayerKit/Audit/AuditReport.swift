public import LayerAudit

/// What an audit found in one image.
public struct AuditReport: Sendable {
    /// The image.
    public let image: ImageDetails
    /// What was found, what matters most first.
    public let findings: [AuditFinding]

    /// How many findings there are of a severity.
    public func count(of severity: AuditSeverity) -> Int { findings.count { $0.severity == severity } }
}

/// The bounds of an audit.
public struct AuditOptions: Sendable {
    /// The most that the files of a layer may hold, in bytes.
    public var layerByteLimit: Int64 = 500_000_000
    /// From which size on a file that a later layer removes is told, in bytes.
    public var wastedByteLimit: Int64 = 1_000_000

    /// The usual bounds.
    public init() {}
}
