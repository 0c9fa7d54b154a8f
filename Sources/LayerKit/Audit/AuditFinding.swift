public import LayerAudit
public import LayerModel

/// Something that an audit found.
public struct AuditFinding: Sendable {
    /// What a later layer did to the file: its bytes are in the image all the same.
    public struct Removal: Hashable, Sendable {
        /// The layer that did it, 1 for the lowest.
        public let layerNumber: Int
        /// Whether something else stands there instead.
        public let isReplaced: Bool
    }

    /// The rule.
    public let rule: AuditRule
    /// How much this finding matters.
    public let severity: AuditSeverity
    /// The layer, 1 for the lowest; nil for what no layer says.
    public var layerNumber: Int?
    /// The layer's identity.
    public var diffID: DiffID?
    /// The command that made the layer, or the step itself, as the history has it, secrets masked; nil where there is none.
    public var createdBy: String?
    /// The path, absolute; nil for what is no file.
    public var path: [UInt8]?
    /// What was found, in a few words; secrets masked.
    public let detail: String
    /// Which layer has removed the file; nil for one that is there in the finished image.
    public var removal: Removal?

    init(_ rule: AuditRule, _ detail: String, severity: AuditSeverity? = nil) {
        self.rule = rule
        self.severity = severity ?? rule.severity
        self.detail = detail
    }
}

extension AuditFinding: Comparable {
    /// Orders from what matters most, then by rule, layer, path and detail.
    public static func < (left: AuditFinding, right: AuditFinding) -> Bool {
        if left.severity != right.severity { return left.severity > right.severity }
        if left.rule != right.rule { return left.rule.id < right.rule.id }
        if left.layerNumber != right.layerNumber { return left.layerNumber ?? 0 < right.layerNumber ?? 0 }
        let (leftPath, rightPath) = (left.path ?? [], right.path ?? [])
        if leftPath != rightPath { return leftPath.lexicographicallyPrecedes(rightPath) }
        return left.detail < right.detail
    }

    /// Whether both say the same.
    public static func == (left: AuditFinding, right: AuditFinding) -> Bool {
        left.rule == right.rule && left.severity == right.severity && left.layerNumber == right.layerNumber
            && left.path == right.path && left.detail == right.detail && left.removal == right.removal
    }
}
