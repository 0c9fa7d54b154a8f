extension JSONParser {
    /// The next byte, or nil at the end.
    func peek() -> UInt8? {
        offset < bytes.count ? bytes[offset] : nil
    }

    /// Passes over the next byte when it is that one.
    mutating func take(_ byte: UInt8) -> Bool {
        guard peek() == byte else { return false }
        offset += 1
        return true
    }

    /// Passes over the next byte, which has to be that one.
    mutating func expect(_ byte: UInt8) throws(JSONError) {
        guard let next = peek() else { throw error(.unexpectedEnd, at: offset) }
        guard next == byte else { throw error(.unexpectedByte(next), at: offset) }
        offset += 1
    }

    /// Passes over the four characters that JSON allows between tokens.
    mutating func skipWhitespace() {
        while let next = peek(), next == 0x20 || next == 0x0A || next == 0x0D || next == 0x09 { offset += 1 }
    }

    /// An error with its place in lines and columns.
    func error(_ reason: JSONError.Reason, at offset: Int) -> JSONError {
        let before = bytes[..<min(offset, bytes.count)]
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        let line = before.count { $0 == UInt8(ascii: "\n") } + 1
        return JSONError(reason: reason, byteOffset: offset, line: line, column: offset - lineStart + 1)
    }
}
