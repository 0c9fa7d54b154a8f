/// How long a plugin is waited for, and how much it may say.
package struct PluginLimits: Hashable, Sendable {
    /// For a plugin that is asked by its name: as long as Docker waits for an answer; a socket that nobody listens at, as when the plugin is
    /// about to start, is tried for five seconds.
    ///
    /// Source: moby `daemon/volume/drivers/proxy.go`, `longTimeout` and `shortTimeout`; Docker tries a socket for thirty seconds.
    package static let standard = Self()
    /// For a list of all plugins' volumes, which one plugin must not hold up.
    package static let listing = Self(connectMilliseconds: 0, longMilliseconds: 10_000, shortMilliseconds: 10_000)

    /// The longest answer, in bytes: 16 MiB.
    package let answerByteCount = 16 << 20
    /// The deepest nesting in an answer.
    let answerDepth = 32
    /// How long a socket is tried that nobody listens at, in milliseconds.
    let connectMilliseconds: Int
    /// How long Create and Mount may take, in milliseconds.
    let longMilliseconds: Int
    /// How long any other call may take, in milliseconds.
    let shortMilliseconds: Int

    /// Makes limits.
    ///
    /// - Parameters:
    ///   - connectMilliseconds: How long a socket is tried that nobody listens at.
    ///   - longMilliseconds: How long Create and Mount may take.
    ///   - shortMilliseconds: How long any other call may take.
    package init(
        connectMilliseconds: Int = 5000,
        longMilliseconds: Int = 120_000,
        shortMilliseconds: Int = 60_000
    ) {
        self.connectMilliseconds = connectMilliseconds
        self.longMilliseconds = longMilliseconds
        self.shortMilliseconds = shortMilliseconds
    }
}
