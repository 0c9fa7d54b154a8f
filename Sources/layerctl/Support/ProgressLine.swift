import TextOutput

/// The text of a progress bar.
struct ProgressLine {
    let share: Double
    let done: Int64
    let total: Int64
    let finishedCount: Int
    let layerCount: Int
    let elapsedNanoseconds: UInt64

    /// The bar for a terminal of so many columns.
    func text(columns: Int) -> String {
        let numbers = "\(HumanSize.text(done))/\(HumanSize.text(total))  layers \(finishedCount)/\(layerCount)  \(rest)"
        let width = columns - numbers.count - 6
        guard width >= 10 else { return String(numbers.prefix(max(0, columns - 1))) }
        let filled = Int(share * Double(width))
        let bar = String(repeating: "=", count: filled) + (filled < width ? ">" : "")
        return "[" + bar + String(repeating: " ", count: max(0, width - bar.count)) + "]  " + numbers
    }

    /// How long the rest takes at the pace so far; a second must have passed for a pace to be known.
    private var rest: String {
        guard done > 0, elapsedNanoseconds > 1_000_000_000, share < 1 else { return share < 1 ? "" : "finishing" }
        let seconds = Double(elapsedNanoseconds) / 1e9 * (1 - share) / share
        let whole = Int(min(seconds.rounded(.up), 359_999))
        return whole < 60 ? "\(whole)s left" : "\(whole / 60)m\(whole % 60)s left"
    }
}
