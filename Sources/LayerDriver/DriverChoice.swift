/// A driver, and why it is this one.
package struct DriverChoice: Hashable, Sendable {
    /// A driver that stands before the chosen one and does not work here.
    package struct Rejection: Hashable, Sendable {
        /// The driver.
        package let kind: DriverKind
        /// Why it does not work here.
        package let reason: String
    }

    /// The driver.
    package let kind: DriverKind
    /// Why it is this one.
    package let reason: String
    /// Those that would have been better; none when the user asked for this one.
    package let rejected: [Rejection]

    /// Decides.
    ///
    /// The order is that of `DriverKind`: the kernel's own before what copies less well.
    ///
    /// - Parameters:
    ///   - request: What the user asks for.
    ///   - facts: What is known.
    /// - Throws: `DriverError.unavailable` when the driver that was asked for does not work here.
    package init(_ request: DriverRequest, _ facts: DriverFacts) throws(DriverError) {
        if case .exactly(let kind) = request {
            if let obstacle = facts.obstacle(to: kind) { throw .unavailable(kind, reason: obstacle) }
            self.kind = kind
            reason = "asked for"
            rejected = []
            return
        }
        var rejected: [Rejection] = []
        for kind in DriverKind.allCases {
            guard let obstacle = facts.obstacle(to: kind) else {
                self.kind = kind
                reason = facts.merit(of: kind)
                self.rejected = rejected
                return
            }
            rejected.append(Rejection(kind: kind, reason: obstacle))
        }
        // Copying has no obstacle, so that the loop returns; the compiler cannot know.
        kind = .copy
        reason = facts.merit(of: .copy)
        self.rejected = rejected
    }
}
