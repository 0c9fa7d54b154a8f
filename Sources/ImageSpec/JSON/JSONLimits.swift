public import LayerModel

/// How much JSON is read from outside before it is refused.
public struct JSONLimits: Hashable, Sendable {
    /// The deepest nesting that may be asked for: beyond it comparing and freeing values would use too much stack.
    public static let greatestDepth = 512
    /// 4 MiB and 128 levels, what manifests and configs get.
    public static let standard = Self()

    /// The longest document, in bytes.
    public let byteCount: Int
    /// The deepest nesting of arrays and objects.
    public let depth: Int

    /// Makes limits.
    ///
    /// - Parameters:
    ///   - byteCount: The longest document, in bytes.
    ///   - depth: The deepest nesting; at most `greatestDepth`, more counts as that.
    public init(byteCount: Int = 4 << 20, depth: Int = 128) {
        self.byteCount = byteCount
        self.depth = min(depth, Self.greatestDepth)
    }

    /// Takes what concerns JSON from the limits of a command.
    ///
    /// - Parameter limits: All limits.
    public init(_ limits: InputLimits) {
        self.init(byteCount: limits.count(.jsonBytes), depth: limits.count(.jsonDepth))
    }
}
