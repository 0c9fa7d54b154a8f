/// A label that a filter asks for: `KEY`, or `KEY=VALUE`.
struct LabelMatch {
    private let key: String
    private let value: String?

    /// Reads what stands behind `label=`.
    init(_ text: String) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        key = String(parts[0])
        value = parts.count > 1 ? String(parts[1]) : nil
    }

    /// Whether a label of the key, and of the value where one is asked for, is there.
    ///
    /// - Parameter label: Gives the value of a label; nil for one that is not there.
    /// - Returns: Whether it is there.
    func accepts(_ label: (String) -> String?) -> Bool {
        guard let text = label(key) else { return false }
        return value.map { $0 == text } ?? true
    }
}
