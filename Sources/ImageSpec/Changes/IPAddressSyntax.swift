/// Whether texts are addresses of the internet protocol.
///
/// Source: RFC 4291 section 2.2; Go's `net.ParseIP`.
enum IPAddressSyntax {
    /// Whether a text is an address of version 4 or 6.
    static func isAddress(_ text: Substring.UTF8View) -> Bool {
        text.contains(UInt8(ascii: ":")) ? isVersion6(text) : isVersion4(text)
    }

    /// Whether a text is four numbers up to 255, without leading zeros.
    static func isVersion4(_ text: Substring.UTF8View) -> Bool {
        let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in
                (1...3).contains(part.count) && part.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
                    && (part.count == 1 || part.first != UInt8(ascii: "0")) && UInt8(Substring(part)) != nil
            }
    }

    private static func isVersion6(_ text: Substring.UTF8View) -> Bool {
        let colon = UInt8(ascii: ":")
        guard let gap = text.indices.first(where: { text[$0...].starts(with: "::".utf8) }) else {
            return groupCount(text) == 8
        }
        let rest = text[gap...].dropFirst(2)
        guard rest.first != colon, !text[..<gap].contains(UInt8(ascii: ".")), let before = groupCount(text[..<gap]),
            let behind = groupCount(rest)
        else { return false }
        return before + behind < 8
    }

    /// How many groups of 16 bits a text has; nil when one of them is none.
    private static func groupCount(_ text: Substring.UTF8View) -> Int? {
        guard !text.isEmpty else { return 0 }
        let groups = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        // An address of version 4 may stand for the last two groups.
        guard let last = groups.last, isVersion4(last) else { return groups.allSatisfy(isGroup) ? groups.count : nil }
        return groups.dropLast().allSatisfy(isGroup) ? groups.count + 1 : nil
    }

    /// Whether a group is one to four hexadecimal digits.
    private static func isGroup(_ text: Substring.UTF8View) -> Bool {
        (1...4).contains(text.count)
            && text.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
                    UInt8(ascii: "A")...UInt8(ascii: "F"):
                    true
                default: false
                }
            }
    }
}
