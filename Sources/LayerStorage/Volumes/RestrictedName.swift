/// The grammar of what people call containers and volumes.
///
/// Source: moby `daemon/names/names.go`, `RestrictedNamePattern`.
enum RestrictedName {
    /// The characters that may stand first, and those that may follow, as Docker's messages write them.
    static let grammar = "[a-zA-Z0-9][a-zA-Z0-9_.-]"

    /// Whether a text is a name: at least two characters of the grammar.
    static func isValid(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return bytes.count > 1 && isLetterOrDigit(bytes[0]) && bytes.dropFirst().allSatisfy(isFurther)
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }

    private static func isFurther(_ byte: UInt8) -> Bool {
        isLetterOrDigit(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
    }
}
