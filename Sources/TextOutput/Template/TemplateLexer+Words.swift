extension TemplateLexer {
    /// A field, a variable, a function or a keyword.
    mutating func lexName(_ kind: TemplateToken.Kind) throws(TemplateError) {
        let start = offset
        if kind != .identifier { offset += 1 }
        let nameStart = offset
        while let scalar = scalar(at: offset), Self.isAlphanumeric(scalar) { offset += UTF8.width(scalar) }
        guard kind != .identifier || offset > start else {
            throw error(
                "unrecognized character in action: \"\(scalar(at: offset).map(String.init) ?? "")\"",
                from: start
            )
        }
        guard isAtTerminator else {
            throw error("bad character \"\(scalar(at: offset).map(String.init) ?? "")\"", from: offset)
        }
        if kind == .field, offset == nameStart { return append(.dot, from: start) }
        let word = String(decoding: source[start..<offset], as: UTF8.self)
        if kind == .identifier, let keyword = TemplateToken.Keyword(rawValue: word) {
            append(.keyword(keyword), from: start)
        } else {
            append(kind, from: start)
        }
    }

    /// A number; whether its digits make sense is looked at when it is read.
    mutating func lexNumber() throws(TemplateError) {
        let start = offset
        offset += at("+") || at("-") ? 1 : 0
        let isHexadecimal = at("0x") || at("0X")
        while offset < source.count {
            let byte = source[offset]
            let isExponent = !isHexadecimal && (byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E"))
            offset += 1
            if isExponent {
                offset += at("+") || at("-") ? 1 : 0
            } else if byte != UInt8(ascii: "."), byte >= 0x80 || !Self.isAlphanumeric(Unicode.Scalar(byte)) {
                offset -= 1
                break
            }
        }
        append(.number, from: start)
    }

    /// A string, a raw string or a character constant, with its quotes.
    mutating func lexQuoted() throws(TemplateError) {
        let start = offset
        let quote = source[start]
        let isRaw = quote == UInt8(ascii: "`")
        offset += 1
        while offset < source.count, source[offset] != quote {
            if !isRaw, source[offset] == UInt8(ascii: "\\") { offset += 1 }
            if !isRaw, offset < source.count, source[offset] == UInt8(ascii: "\n") { break }
            offset += 1
        }
        guard offset < source.count, source[offset] == quote else {
            throw error("unterminated quoted string", from: start)
        }
        offset += 1
        append(isRaw ? .rawString : quote == UInt8(ascii: "'") ? .character : .string, from: start)
    }

    /// Adds the token that ends here.
    mutating func append(_ kind: TemplateToken.Kind, from start: Int) {
        tokens.append(TemplateToken(kind: kind, range: start..<offset))
    }

    /// Whether these bytes stand here.
    func at(_ text: StaticString) -> Bool {
        text.withUTF8Buffer { source[offset...].starts(with: $0) }
    }

    /// An error about the bytes from a place up to here.
    func error(_ reason: String, from start: Int) -> TemplateError {
        TemplateError(reason, at: start..<max(start, offset), of: source, isExecuting: false)
    }

    /// Whether a name may end here.
    private var isAtTerminator: Bool {
        guard offset < source.count else { return true }
        return Self.isSpace(source[offset]) || ".,|:)(".utf8.contains(source[offset]) || at("}}")
    }

    private func scalar(at offset: Int) -> Unicode.Scalar? {
        var walk = ScalarWalk(source[offset...])
        guard case .scalar(let scalar) = walk.next() else { return nil }
        return scalar
    }

    /// Whether Go counts a scalar as a letter or a digit.
    static func isAlphanumeric(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber: true
        default: scalar == "_"
        }
    }

    /// Whether a byte separates words.
    static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A
    }

    /// Whether a byte is a decimal digit.
    static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
