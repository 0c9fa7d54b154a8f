extension TemplateFunction {
    /// The most spaces that `pad` puts on one side.
    private static let padLimit = 10_000

    /// The value of a call of a function on texts.
    func callOnText(_ arguments: [TemplateValue]) throws(TemplateFailure) -> TemplateValue {
        if self == .join { return .text(try Self.joined(arguments)) }
        let text = try Self.text(arguments, 0)
        switch self {
        case .lower: return .text(Self.mapScalars(of: text) { $0.properties.lowercaseMapping })
        case .upper: return .text(Self.mapScalars(of: text) { $0.properties.uppercaseMapping })
        case .title: return .text(Self.titled(text))
        case .split: return .list(Self.pieces(of: text, at: try Self.text(arguments, 1)))
        case .truncate:
            let count = try Self.integer(arguments, 1)
            guard count >= 0 else { throw .call("negative length \(count)") }
            return .text(text.byteCount < count ? text : TemplateText(text.bytes.prefix(count), asExactAs: text))
        default: return .text(try Self.padded(text, arguments))
        }
    }

    private static func joined(_ arguments: [TemplateValue]) throws(TemplateFailure) -> TemplateText {
        let separator = try text(arguments, 1)
        var result = TemplateText()
        switch arguments[0] {
        case .missing, .null(.any), .null(.list): break
        case .list(let elements):
            for (place, element) in elements.enumerated() {
                guard case .text(let text) = element else {
                    throw .argument(0, "wrong type for element \(place); expected string; got \(element.typeName)")
                }
                if place > 0 { result.append(separator) }
                result.append(text)
            }
        default: throw wrongType(arguments, 0, expected: "list of strings")
        }
        return result
    }

    /// Cuts a text; without a separator into its scalars.
    private static func pieces(of text: TemplateText, at separator: TemplateText) -> [TemplateValue] {
        let bytes = text.bytes
        let separatorBytes = separator.bytes
        var pieces: [TemplateValue] = []
        var start = 0
        func add(upTo end: Int) { pieces.append(.text(TemplateText(bytes[start..<end], asExactAs: text))) }
        if separatorBytes.isEmpty {
            for piece in ScalarWalk(bytes) {
                add(upTo: start + piece.byteCount)
                start += piece.byteCount
            }
            return pieces
        }
        var place = 0
        while place + separatorBytes.count <= bytes.count {
            if bytes[place...].starts(with: separatorBytes) {
                add(upTo: place)
                place += separatorBytes.count
                start = place
            } else {
                place += 1
            }
        }
        add(upTo: bytes.count)
        return pieces
    }

    /// Spaces around a text that is not empty.
    private static func padded(
        _ text: TemplateText,
        _ arguments: [TemplateValue]
    ) throws(TemplateFailure) -> TemplateText {
        let counts = [try integer(arguments, 1), try integer(arguments, 2)]
        if text.byteCount == 0 { return text }
        for count in counts where !(0...padLimit).contains(count) {
            throw .call("count of spaces \(count) is not from 0 to \(padLimit)")
        }
        var result = TemplateText()
        result.append(exact: repeatElement(0x20, count: counts[0]))
        result.append(text)
        result.append(exact: repeatElement(0x20, count: counts[1]))
        return result
    }

    /// A text with a capital at the beginning of every word, where words are what Go's `strings.Title` takes for them.
    private static func titled(_ text: TemplateText) -> TemplateText {
        var isInWord = false
        return mapScalars(of: text) { scalar in
            defer { isInWord = Self.isOfWord(scalar) }
            return isInWord ? String(Character(scalar)) : scalar.properties.titlecaseMapping
        }
    }

    private static func isOfWord(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII || !scalar.properties.isWhitespace ? TemplateLexer.isAlphanumeric(scalar) : false
    }

    /// Maps every scalar, unless the result is more than one: Go maps one to one.
    private static func mapScalars(of text: TemplateText, _ mapping: (Unicode.Scalar) -> String) -> TemplateText {
        var bytes: [UInt8] = []
        for piece in ScalarWalk(text.bytes) {
            switch piece {
            case .scalar(let scalar):
                let mapped = mapping(scalar)
                bytes.append(
                    contentsOf: mapped.unicodeScalars.count == 1 ? Array(mapped.utf8) : Array(String(scalar).utf8)
                )
            case .invalid(let byte): bytes.append(byte)
            }
        }
        return TemplateText(bytes, asExactAs: text)
    }
}
