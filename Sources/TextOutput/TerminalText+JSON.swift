extension TerminalText {
    /// Makes a JSON document safe to print, and leaves it the same document.
    ///
    /// JSON lets DEL, C1 controls, the bidirectional controls and the separators stand in texts as they are, and terminals obey them: here
    /// they are escaped as `\uXXXX`, which they can be wherever they stand, as they stand in texts only.
    ///
    /// - Parameter document: Encoded JSON.
    /// - Returns: The document without a character that a terminal would obey.
    package static func escapeJSON(_ document: [UInt8]) -> [UInt8] {
        guard !document.allSatisfy({ (0x20..<0x7F).contains($0) }) else { return document }
        var output: [UInt8] = []
        output.reserveCapacity(document.count + 64)
        for piece in ScalarWalk(document) {
            switch piece {
            case .scalar(let scalar) where !isPrintable(scalar, keeping: [.lineFeed, .tab]):
                for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter {
                    let digits = String(unit, radix: 16)
                    output.append(
                        contentsOf: Array(("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8)
                    )
                }
            case .scalar(let scalar): output.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            case .invalid(let byte): output.append(byte)
            }
        }
        return output
    }
}
