import LayerModel
import LayerSystem

/// What a container is: 256 random bits.
package struct ContainerID: Hashable, Sendable {
    /// The bits as 64 lowercase hexadecimal digits, which name the container's directory.
    package let hex: String

    /// Reads an ID.
    ///
    /// - Parameter hex: 64 lowercase hexadecimal digits; anything else gives nil.
    package init?(hex: some StringProtocol) {
        guard hex.utf8.count == Self.digitCount, hex.utf8.allSatisfy(Self.isDigit) else { return nil }
        self.hex = String(hex)
    }

    private init(bytes: [UInt8]) {
        hex = Digest.encodeHex(bytes)
    }

    /// Makes an ID that no container has.
    ///
    /// - Returns: The ID.
    /// - Throws: `SystemError` of `getrandom`.
    static func random() throws(SystemError) -> ContainerID {
        ContainerID(bytes: try Host.randomBytes(digitCount / 2))
    }

    /// The first twelve digits, as messages and tables show them.
    package var short: String { String(hex.prefix(12)) }

    private static let digitCount = 64

    static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
}

extension ContainerID: CustomStringConvertible {
    /// The 64 digits.
    package var description: String { hex }
}
