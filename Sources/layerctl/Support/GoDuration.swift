/// A duration as Go writes it: `1h30m`, `1.5h`, `300ms`.
///
/// Source: Go `time.ParseDuration`.
enum GoDuration {
    private static let units: [(name: String, nanoseconds: Double)] = [
        ("ns", 1), ("us", 1e3), ("µs", 1e3), ("ms", 1e6), ("s", 1e9), ("m", 60e9), ("h", 3600e9),
    ]

    /// Reads a duration.
    ///
    /// - Parameter text: A sign or none, and numbers, each with its unit.
    /// - Returns: The duration in nanoseconds; nil for what is none, and for more than 64 bits hold.
    static func nanoseconds(_ text: String) -> Int64? {
        var rest = text[...]
        let isNegative = rest.first == "-"
        if isNegative || rest.first == "+" { rest.removeFirst() }
        guard !rest.isEmpty else { return nil }
        var sum = 0.0
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            rest = rest.dropFirst(digits.count)
            let name = rest.prefix { !($0.isASCII && ($0.isNumber || $0 == ".")) }
            rest = rest.dropFirst(name.count)
            guard let number = Double(digits), let unit = units.first(where: { $0.name == name }) else { return nil }
            sum += number * unit.nanoseconds
        }
        return Int64(exactly: (isNegative ? -sum : sum).rounded())
    }
}
