/// A strict reader of one JSON text.
///
/// It recurses once a level, at most `JSONLimits.greatestDepth` times.
struct JSONParser {
    let bytes: [UInt8]
    let limits: JSONLimits
    var offset = 0

    init(_ bytes: [UInt8], limits: JSONLimits) throws(JSONError) {
        self.bytes = bytes
        self.limits = limits
        guard bytes.count <= limits.byteCount else { throw error(.tooLarge(limit: limits.byteCount), at: 0) }
        guard !bytes.starts(with: [0xEF, 0xBB, 0xBF]) else { throw error(.byteOrderMark, at: 0) }
    }

    /// The one value of the document.
    mutating func document() throws(JSONError) -> JSONValue {
        let value = try value(depth: 0)
        try end()
        return value
    }

    /// The members of the document's object, each with the range of its value's own bytes; nil when it is no object.
    mutating func rawMembers() throws(JSONError) -> [(key: String, range: Range<Int>)]? {
        skipWhitespace()
        guard peek() == UInt8(ascii: "{") else { return nil }
        var ranges: [(key: String, range: Range<Int>)] = []
        _ = try object(depth: 0) { key, range in ranges.append((key, range)) }
        try end()
        return ranges
    }

    private mutating func end() throws(JSONError) {
        skipWhitespace()
        guard offset == bytes.count else { throw error(.trailingData, at: offset) }
    }

    private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
        skipWhitespace()
        guard let first = peek() else { throw error(.unexpectedEnd, at: offset) }
        switch first {
        case UInt8(ascii: "{"): return .object(try object(depth: depth))
        case UInt8(ascii: "["): return .array(try array(depth: depth))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"):
            try word("true")
            return .bool(true)
        case UInt8(ascii: "f"):
            try word("false")
            return .bool(false)
        case UInt8(ascii: "n"):
            try word("null")
            return .null
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
        default: throw error(.unexpectedByte(first), at: offset)
        }
    }

    private mutating func array(depth: Int) throws(JSONError) -> [JSONValue] {
        try open(depth: depth)
        var elements: [JSONValue] = []
        skipWhitespace()
        if take(UInt8(ascii: "]")) { return elements }
        repeat {
            elements.append(try value(depth: depth + 1))
            skipWhitespace()
        } while take(UInt8(ascii: ","))
        try expect(UInt8(ascii: "]"))
        return elements
    }

    private mutating func object(
        depth: Int,
        each: ((String, Range<Int>) -> Void)? = nil
    ) throws(JSONError) -> JSONObject {
        try open(depth: depth)
        var members: [JSONObject.Member] = []
        var seen = JSONKeySet()
        skipWhitespace()
        if take(UInt8(ascii: "}")) { return JSONObject() }
        repeat {
            skipWhitespace()
            let start = offset
            guard let first = peek() else { throw error(.unexpectedEnd, at: offset) }
            guard first == UInt8(ascii: "\"") else { throw error(.unexpectedByte(first), at: offset) }
            let key = try string()
            guard seen.insert(key, after: members) else { throw error(.duplicateKey(key), at: start) }
            skipWhitespace()
            try expect(UInt8(ascii: ":"))
            skipWhitespace()
            let valueStart = offset
            members.append(JSONObject.Member(key: key, value: try value(depth: depth + 1)))
            each?(key, valueStart..<offset)
            skipWhitespace()
        } while take(UInt8(ascii: ","))
        try expect(UInt8(ascii: "}"))
        return JSONObject(unique: members)
    }

    private mutating func open(depth: Int) throws(JSONError) {
        guard depth < limits.depth else { throw error(.tooDeep(limit: limits.depth), at: offset) }
        offset += 1
    }

    private mutating func word(_ word: StaticString) throws(JSONError) {
        for index in 0..<word.utf8CodeUnitCount {
            try expect(word.withUTF8Buffer { $0[index] })
        }
    }

    private mutating func number() throws(JSONError) -> String {
        let start = offset
        _ = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")) { try digits() }
        if take(UInt8(ascii: ".")) { try digits() }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try digits()
        }
        if let next = peek(), (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(next) {
            throw error(.malformedNumber, at: offset)
        }
        return String(decoding: bytes[start..<offset], as: UTF8.self)
    }

    private mutating func digits() throws(JSONError) {
        let start = offset
        while let next = peek(), (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(next) { offset += 1 }
        guard offset > start else { throw error(.malformedNumber, at: offset) }
    }
}
