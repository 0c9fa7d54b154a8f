/// A content digest: an algorithm and the bytes it gave.
///
/// Paths and look-ups are built from the bytes, never from the text that came from outside.
///
/// Source: OCI image-spec `descriptor.md`, section "Digests".
public struct Digest: Hashable, Sendable {
    /// The registered algorithms that can be verified here.
    public enum Algorithm: String, Hashable, Sendable, CaseIterable {
        case sha256
        case sha512

        /// The length of a digest of this algorithm, in bytes.
        public var byteCount: Int { self == .sha256 ? 32 : 64 }
    }

    /// The algorithm that gave the bytes.
    public let algorithm: Algorithm
    /// The digest itself: 32 bytes for SHA-256, 64 for SHA-512.
    public let bytes: [UInt8]

    /// Wraps a digest that was computed here.
    ///
    /// - Parameters:
    ///   - algorithm: The algorithm that gave the bytes.
    ///   - bytes: As many bytes as the algorithm gives.
    /// - Precondition: The count of bytes is the algorithm's.
    public init(algorithm: Algorithm, bytes: [UInt8]) {
        precondition(bytes.count == algorithm.byteCount, "a \(algorithm.rawValue) digest has another length")
        self.algorithm = algorithm
        self.bytes = bytes
    }

    /// Reads the form `algorithm:hex`, lower-case hexadecimal of exactly the algorithm's length.
    ///
    /// - Parameter text: The text from a descriptor, a config or a user.
    /// - Throws: `DigestError` that quotes the text.
    public init(parsing text: String) throws(DigestError) {
        let utf8 = text.utf8
        guard let colon = utf8.firstIndex(of: UInt8(ascii: ":")) else { throw .malformed(text) }
        guard let algorithm = Algorithm(rawValue: String(utf8[..<colon]) ?? "") else {
            throw Self.isGrammatical(text) ? .unsupportedAlgorithm(text) : .malformed(text)
        }
        guard let bytes = Self.decodeHex(utf8[utf8.index(after: colon)...]), bytes.count == algorithm.byteCount else {
            throw .malformed(text)
        }
        self.algorithm = algorithm
        self.bytes = bytes
    }

    /// The digest's hexadecimal part, lower case.
    public var hex: String { Self.encodeHex(bytes) }

    /// Encodes bytes as lower-case hexadecimal.
    package static func encodeHex(_ bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        for byte in bytes {
            text.append(hexDigit(byte >> 4))
            text.append(hexDigit(byte & 15))
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Decodes lower-case hexadecimal, or gives nil when a digit is another byte or one is missing.
    package static func decodeHex(_ digits: some Sequence<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        var high: UInt8?
        for digit in digits {
            guard let value = hexValue(digit) else { return nil }
            if let first = high {
                bytes.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        return high == nil ? bytes : nil
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    private static func hexValue(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }

    /// Whether a text follows the digest grammar, whatever its algorithm.
    private static func isGrammatical(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[1].isEmpty else { return false }
        let separators = Array("+._-".utf8)
        func isAlphanumeric(_ byte: UInt8) -> Bool {
            hexValue(byte) != nil || (UInt8(ascii: "g")...UInt8(ascii: "z")).contains(byte)
        }
        let components = parts[0].split(omittingEmptySubsequences: false, whereSeparator: separators.contains)
        guard components.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isAlphanumeric) }) else { return false }
        return parts[1].allSatisfy { byte in
            isAlphanumeric(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                || Array("=_-".utf8).contains(byte)
        }
    }
}

extension Digest: CustomStringConvertible {
    /// The canonical form `algorithm:hex`.
    public var description: String { "\(algorithm.rawValue):\(hex)" }
}
