/// Writes JSON as Go's `encoding/json` does.
struct JSONWriter {
    let isPretty: Bool
    let sortsKeys: Bool
    let escapesHTML: Bool
    /// Whether U+0008 and U+000C are `\b` and `\f`, as since Go 1.22, or `\u0008` and `\u000c`.
    let hasShortControlEscapes: Bool
    private(set) var bytes: [UInt8] = []

    init(
        isPretty: Bool = false,
        sortsKeys: Bool = false,
        escapesHTML: Bool = false,
        hasShortControlEscapes: Bool = true
    ) {
        self.isPretty = isPretty
        self.sortsKeys = sortsKeys
        self.escapesHTML = escapesHTML
        self.hasShortControlEscapes = hasShortControlEscapes
    }

    mutating func write(_ value: JSONValue, depth: Int) {
        switch value {
        case .null: append("null")
        case .bool(let value): append(value ? "true" : "false")
        case .number(let text): append(text)
        case .string(let text): writeString(text)
        case .array(let elements):
            writeContainer("[", elements, "]", depth: depth) { writer, element in
                writer.write(element, depth: depth + 1)
            }
        case .object(let object):
            let members = sortsKeys ? object.sortedMembers : object.members
            writeContainer("{", members, "}", depth: depth) { writer, member in
                writer.writeString(member.key)
                writer.append(writer.isPretty ? ": " : ":")
                writer.write(member.value, depth: depth + 1)
            }
        }
    }

    mutating func writeString(_ text: String) {
        append("\"")
        for scalar in text.unicodeScalars { writeScalar(scalar) }
        append("\"")
    }

    private mutating func writeContainer<Element>(
        _ opening: String,
        _ elements: [Element],
        _ closing: String,
        depth: Int,
        each: (inout JSONWriter, Element) -> Void
    ) {
        append(opening)
        for (place, element) in elements.enumerated() {
            if place > 0 { append(",") }
            breakLine(depth: depth + 1)
            each(&self, element)
        }
        if !elements.isEmpty { breakLine(depth: depth) }
        append(closing)
    }

    private mutating func writeScalar(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "\"": append("\\\"")
        case "\\": append("\\\\")
        case "\n": append("\\n")
        case "\r": append("\\r")
        case "\t": append("\\t")
        case "\u{8}" where hasShortControlEscapes: append("\\b")
        case "\u{C}" where hasShortControlEscapes: append("\\f")
        case "\u{0}"..<"\u{20}": writeEscape(scalar)
        case "<", ">", "&", "\u{2028}", "\u{2029}":
            if escapesHTML { writeEscape(scalar) } else { append(scalar) }
        default: append(scalar)
        }
    }

    private mutating func writeEscape(_ scalar: Unicode.Scalar) {
        let hex = String(scalar.value, radix: 16)
        append("\\u" + String(repeating: "0", count: 4 - hex.utf8.count) + hex)
    }

    private mutating func breakLine(depth: Int) {
        guard isPretty else { return }
        append("\n")
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 4 * depth))
    }

    private mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func append(_ scalar: Unicode.Scalar) {
        bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }
}
