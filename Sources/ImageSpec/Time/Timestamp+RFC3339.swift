public import LayerModel

extension Timestamp {
    /// Reads a time in the form of RFC 3339; nil when the text is something else.
    ///
    /// - Parameter text: The text, in any offset from UTC.
    public init?(rfc3339 text: String) {
        guard let time = RFC3339Time(parsing: text) else { return nil }
        self = time.timestamp
    }

    /// The time in the form of RFC 3339, with as many digits of the fraction as it needs.
    ///
    /// - Parameter offsetSeconds: Seconds that the clock to be shown is ahead of UTC.
    /// - Returns: The text, with `Z` for no offset.
    public func rfc3339(offsetSeconds: Int = 0) -> String {
        RFC3339Time(self, offsetSeconds: offsetSeconds).description
    }
}
