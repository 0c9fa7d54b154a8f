/// One `%` of a format: the verb with its flags; without any the `%v` of `print`.
struct GoDirective {
    var verb: Unicode.Scalar = "v"
    var width: Int?
    var precision: Int?
    private var isLeftAligned = false
    private var isZeroPadded = false
    private var hasPlus = false
    private var hasSpace = false

    /// Takes up a flag; false when the byte is none.
    mutating func take(flag: UInt8) -> Bool {
        switch flag {
        case UInt8(ascii: "-"): isLeftAligned = true
        case UInt8(ascii: "0"): isZeroPadded = true
        case UInt8(ascii: "+"): hasPlus = true
        case UInt8(ascii: " "): hasSpace = true
        default: return false
        }
        return true
    }

    /// A value in this form; elements of lists, maps and records each in it.
    func text(of value: TemplateValue) -> TemplateText {
        text(of: value, isElement: false)
    }

    private func text(of value: TemplateValue, isElement: Bool) -> TemplateText {
        switch value {
        case .null(.list): return TemplateText(exact: "[]".utf8)
        case .null(.map): return TemplateText(exact: "map[]".utf8)
        case .missing, .null: return isElement ? TemplateText(exact: "<nil>".utf8) : nilText
        case .bool(let value): return "vt".has(verb) ? padded(String(value)) : mismatch(value: .bool(value))
        case .integer(let value): return integer(value)
        case .number(let text): return "vs".has(verb) ? padded(text) : mismatch(value: value)
        case .text(let text): return self.text(text)
        case .list(let elements): return enclosed("[", elements.map { (nil, $0) }, "]")
        case .map(let map): return enclosed("map[", map.members.map { ($0.name, $0.value) }, "]")
        case .record(let record): return enclosed("{", record.members.map { (nil, $0.value) }, "}")
        }
    }

    private func enclosed(_ opening: String, _ elements: [(String?, TemplateValue)], _ closing: String) -> TemplateText
    {
        var result = TemplateText(exact: opening.utf8)
        for (place, element) in elements.enumerated() {
            if place > 0 { result.append(exact: " ".utf8) }
            if let key = element.0 {
                result.append(text(of: .string(key), isElement: true))
                result.append(exact: ":".utf8)
            }
            result.append(text(of: element.1, isElement: true))
        }
        result.append(exact: closing.utf8)
        return result
    }

    private func text(_ text: TemplateText) -> TemplateText {
        switch verb {
        case "s", "v":
            guard let precision else { return padded(text) }
            let byteCount = ScalarWalk(text.bytes).prefix(precision).reduce(0) { $0 + $1.byteCount }
            return padded(TemplateText(text.bytes.prefix(byteCount), asExactAs: text))
        case "q": return padded(TemplateText(GoQuote.quoted(text.bytes), asExactAs: text))
        case "x", "X": return padded(GoQuote.hexadecimal(text.bytes, isUppercase: verb == "X"))
        default: return mismatch(value: .text(text))
        }
    }

    private func integer(_ value: Int64) -> TemplateText {
        var digits: String
        switch verb {
        case "d", "v": digits = String(value.magnitude)
        case "x", "X": digits = String(value.magnitude, radix: 16, uppercase: verb == "X")
        case "o": digits = String(value.magnitude, radix: 8)
        case "b": digits = String(value.magnitude, radix: 2)
        case "c", "q":
            let scalar = UInt32(exactly: value).flatMap(Unicode.Scalar.init) ?? "\u{FFFD}"
            if verb == "q" { return padded(TemplateText(data: GoQuote.quoted(scalar))) }
            return padded(TemplateText(data: String(scalar).utf8))
        default: return mismatch(value: .integer(value))
        }
        if precision == 0, value == 0 { return padded("", isZeroPadded: false) }
        let sign = value < 0 ? "-" : hasPlus ? "+" : hasSpace ? " " : ""
        // A precision is the fewest digits; without one, zeros fill the width.
        var digitCount = precision ?? 0
        if precision == nil, isZeroPadded, !isLeftAligned, let width { digitCount = width - sign.utf8.count }
        digits = String(repeating: "0", count: max(0, digitCount - digits.utf8.count)) + digits
        return padded(sign + digits, isZeroPadded: false)
    }

    private var nilText: TemplateText {
        verb == "v" ? padded("<nil>") : TemplateText(exact: "%!\(verb)(<nil>)".utf8)
    }

    /// What Go prints where a verb does not fit the value.
    private func mismatch(value: TemplateValue) -> TemplateText {
        var plain = self
        plain.verb = "v"
        var result = TemplateText(exact: "%!\(verb)(\(value.typeName)=".utf8)
        result.append(plain.text(of: value))
        result.append(exact: ")".utf8)
        return result
    }

    private func padded(_ text: String, isZeroPadded: Bool? = nil) -> TemplateText {
        padded(TemplateText(exact: text.utf8), isZeroPadded: isZeroPadded)
    }

    private func padded(_ text: TemplateText, isZeroPadded: Bool? = nil) -> TemplateText {
        guard let width else { return text }
        let count = max(0, width - ScalarWalk(text.bytes).reduce(0) { count, _ in count + 1 })
        let pad = repeatElement(
            (isZeroPadded ?? self.isZeroPadded) && !isLeftAligned ? UInt8(ascii: "0") : 0x20,
            count: count
        )
        var result = TemplateText()
        if !isLeftAligned { result.append(exact: pad) }
        result.append(text)
        if isLeftAligned { result.append(exact: pad) }
        return result
    }
}

extension String {
    fileprivate func has(_ scalar: Unicode.Scalar) -> Bool { unicodeScalars.contains(scalar) }
}
