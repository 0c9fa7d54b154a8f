/// A name from an archive in a form that is safe to put into a message.
///
/// Printable characters stay; quotes, backslashes, control and format characters and bytes that are no UTF-8 become `\xNN`.
struct EscapedName: CustomStringConvertible {
    private static let byteLimit = 512

    let description: String

    init(_ bytes: some Collection<UInt8>) {
        var text = ""
        var decoder = UTF8()
        let shown = bytes.prefix(Self.byteLimit)
        var rest = shown[...]
        while !rest.isEmpty {
            var iterator = rest.makeIterator()
            if case .scalarValue(let scalar) = decoder.decode(&iterator), Self.isPrintable(scalar) {
                text.unicodeScalars.append(scalar)
                rest = rest.dropFirst(UTF8.width(scalar))
            } else if let byte = rest.first {
                text += Self.escape(byte)
                rest = rest.dropFirst()
            }
            decoder = UTF8()
        }
        description = bytes.count > shown.count ? text + "…" : text
    }

    private static func escape(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16)
        return "\\x" + (byte < 16 ? "0" : "") + digits
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        if scalar == "\"" || scalar == "\\" { return false }
        if scalar.isASCII { return scalar.value >= 0x20 && scalar.value < 0x7f }
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: return false
        default: return true
        }
    }
}
