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
        var rest = text[...].utf8
        // Most texts need no escape: what stands between two is copied at once.
        while let place = rest.firstIndex(where: needsEscape) {
            bytes.append(contentsOf: rest[..<place])
            rest = rest[place...]
            rest.removeFirst(writeEscape(at: rest))
        }
        bytes.append(contentsOf: rest)
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

    /// Whether a byte may begin what is escaped.
    private func needsEscape(_ byte: UInt8) -> Bool {
        switch byte {
        case 0..<0x20, UInt8(ascii: "\""), UInt8(ascii: "\\"): true
        case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"), 0xE2: escapesHTML
        default: false
        }
    }

    /// Writes the escape of what stands at the beginning of a text, or the byte itself.
    ///
    /// - Parameter rest: The text from there on.
    /// - Returns: How many bytes of the text that covers.
    private mutating func writeEscape(at rest: Substring.UTF8View) -> Int {
        switch rest.first {
        case UInt8(ascii: "\""): append("\\\"")
        case UInt8(ascii: "\\"): append("\\\\")
        case UInt8(ascii: "\n"): append("\\n")
        case UInt8(ascii: "\r"): append("\\r")
        case UInt8(ascii: "\t"): append("\\t")
        case 0x08 where hasShortControlEscapes: append("\\b")
        case 0x0C where hasShortControlEscapes: append("\\f")
        case 0xE2:
            if rest.starts(with: "\u{2028}".utf8) || rest.starts(with: "\u{2029}".utf8) {
                append(rest.starts(with: "\u{2028}".utf8) ? "\\u2028" : "\\u2029")
                return 3
            }
            bytes.append(0xE2)
        case let byte?: append((byte < 0x10 ? "\\u000" : "\\u00") + String(byte, radix: 16))
        case nil: return 0
        }
        return 1
    }

    private mutating func breakLine(depth: Int) {
        guard isPretty else { return }
        append("\n")
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 4 * depth))
    }

    private mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }
}
