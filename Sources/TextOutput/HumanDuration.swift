/// Durations in words, as Docker prints the age of an image.
///
/// Source: docker/go-units `duration.go`.
package enum HumanDuration {
    /// The longest duration that Go knows, in seconds; longer ones count as that, about 292 years.
    private static let longest: Int64 = 9_223_372_036

    /// A duration in words, without `ago`.
    ///
    /// - Parameter seconds: Whole seconds, the fraction dropped; negative ones count as none.
    /// - Returns: As in `3 weeks`.
    package static func text(seconds: Int64) -> String {
        let seconds = min(seconds, longest)
        let minutes = seconds / 60
        // The rounding to the nearest hour is Go's `int(d.Hours() + 0.5)`.
        let hours = (seconds + 1800) / 3600
        switch (seconds, minutes, hours) {
        case (..<1, _, _): return "Less than a second"
        case (1, _, _): return "1 second"
        case (..<60, _, _): return "\(seconds) seconds"
        case (_, 1, _): return "About a minute"
        case (_, ..<60, _): return "\(minutes) minutes"
        case (_, _, 1): return "About an hour"
        case (_, _, ..<48): return "\(hours) hours"
        case (_, _, ..<336): return "\(hours / 24) days"
        case (_, _, ..<1440): return "\(hours / 24 / 7) weeks"
        case (_, _, ..<17520): return "\(hours / 24 / 30) months"
        default: return "\(seconds / 3600 / 24 / 365) years"
        }
    }
}
