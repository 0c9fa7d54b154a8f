/// The identity of a container: 256 random bits.
public struct ContainerID: Hashable, Sendable {
    /// The bits as 64 lowercase hexadecimal digits.
    public let hex: String

    private static let digitCount = 64

    /// Reads an ID.
    ///
    /// - Parameter hex: 64 lowercase hexadecimal digits; anything else gives nil.
    public init?(hex: String) {
        guard hex.utf8.count == Self.digitCount, hex.utf8.allSatisfy(Self.isDigit) else { return nil }
        self.hex = hex
    }

    /// The first twelve digits, as messages and tables show them.
    public var short: String { String(hex.prefix(12)) }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
}

extension ContainerID: CustomStringConvertible {
    /// The 64 digits.
    public var description: String { hex }
}
