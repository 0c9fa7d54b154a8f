/// The middle and the spread of several measurements of one thing.
public struct BenchmarkStatistics: Hashable, Sendable {
    /// How many there are.
    public let count: Int
    /// The smallest, in nanoseconds.
    public let minimum: Int64
    /// A quarter is smaller, in nanoseconds.
    public let firstQuartile: Int64
    /// Half are smaller, in nanoseconds.
    public let median: Int64
    /// A quarter is larger, in nanoseconds.
    public let thirdQuartile: Int64
    /// The largest, in nanoseconds.
    public let maximum: Int64

    /// Sums measurements up.
    ///
    /// Quartiles lie between two measurements where no measurement is one: in proportion, as the method 7 of Hyndman and Fan has it, which
    /// is that of most programs.
    ///
    /// - Parameter values: The measurements, in nanoseconds; nil is what there is of none.
    public init?(_ values: [Int64]) {
        let sorted = values.sorted()
        guard let first = sorted.first, let last = sorted.last else { return nil }
        count = sorted.count
        minimum = first
        maximum = last
        firstQuartile = Self.quantile(1, of: 4, in: sorted)
        median = Self.quantile(2, of: 4, in: sorted)
        thirdQuartile = Self.quantile(3, of: 4, in: sorted)
    }

    private static func quantile(_ part: Int, of parts: Int, in sorted: [Int64]) -> Int64 {
        let (place, rest) = ((sorted.count - 1) * part).quotientAndRemainder(dividingBy: parts)
        guard rest > 0 else { return sorted[place] }
        let step = Double(sorted[place + 1] - sorted[place]) * Double(rest) / Double(parts)
        return sorted[place] + Int64(step.rounded())
    }
}
