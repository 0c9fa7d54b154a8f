/// A pattern as Go's `path.Match` reads it: `*` and `?` stop at a slash, `[a-z]` and `\x` as usual.
struct GlobPattern: Sendable {
    private let pattern: [UInt8]

    /// Takes a pattern; one that is not well formed matches nothing.
    init(_ pattern: String) {
        self.pattern = Array(pattern.utf8)
    }

    /// Whether the whole of a name matches.
    func matches(_ name: String) -> Bool {
        matches(bytes: Array(name.utf8)[...])
    }

    /// Whether the whole of a name matches.
    func matches(bytes name: ArraySlice<UInt8>) -> Bool {
        matches(pattern[...], name)
    }

    private func matches(_ pattern: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>) -> Bool {
        var pattern = pattern
        var name = name
        while let sign = pattern.popFirst() {
            switch sign {
            case UInt8(ascii: "*"):
                var rest = name
                while true {
                    if matches(pattern, rest) { return true }
                    guard let byte = rest.popFirst(), byte != UInt8(ascii: "/") else { return false }
                }
            case UInt8(ascii: "?"):
                guard let byte = name.popFirst(), byte != UInt8(ascii: "/") else { return false }
            case UInt8(ascii: "["):
                guard let byte = name.popFirst(), byte != UInt8(ascii: "/"), matchesClass(&pattern, byte) else {
                    return false
                }
            case UInt8(ascii: "\\"):
                guard let literal = pattern.popFirst(), name.popFirst() == literal else { return false }
            default:
                guard name.popFirst() == sign else { return false }
            }
        }
        return name.isEmpty
    }

    private func matchesClass(_ pattern: inout ArraySlice<UInt8>, _ byte: UInt8) -> Bool {
        let isNegated = pattern.first == UInt8(ascii: "^")
        if isNegated { pattern.removeFirst() }
        var isMatch = false
        var isFirst = true
        while let low = pattern.popFirst(), isFirst || low != UInt8(ascii: "]") {
            isFirst = false
            var high = low
            if pattern.first == UInt8(ascii: "-"), pattern.dropFirst().first.map({ $0 != UInt8(ascii: "]") }) ?? false {
                pattern.removeFirst()
                high = pattern.popFirst() ?? low
            }
            if low <= byte, byte <= high { isMatch = true }
        }
        return isMatch != isNegated
    }
}
