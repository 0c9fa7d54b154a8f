/// How much of anything is read from outside before it is refused.
///
/// Archives come from anywhere; each limit is checked before the memory or the work is spent.
///
///     var limits = InputLimits()
///     limits[.entries] = 10_000
///     let images = try ArchiveImages(argument, limits: limits)
public struct InputLimits: Hashable, Sendable {
    /// The limits in use where nothing else is said.
    public static let standard = Self()

    /// As much of everything as can be asked for: for what was let in already.
    public static let unlimited: Self = {
        var limits = Self()
        for limit in InputLimit.allCases where !limit.isFloor { limits[limit] = .max }
        return limits
    }()

    /// Those that are not as usual.
    private var changed: [InputLimit: Int64] = [:]

    /// Makes the standard limits, to be changed one by one.
    public init() {}

    /// What a limit allows; what is set beyond what can be asked for counts as the most that can be.
    ///
    /// - Parameter limit: The limit.
    public subscript(limit: InputLimit) -> Int64 {
        get { changed[limit] ?? limit.standard }
        set {
            let value = max(0, min(newValue, limit.greatest))
            changed[limit] = value == limit.standard ? nil : value
        }
    }

    /// What a limit allows, for what is counted in memory.
    ///
    /// - Parameter limit: The limit.
    /// - Returns: The same number.
    package func count(_ limit: InputLimit) -> Int { Int(self[limit]) }
}
