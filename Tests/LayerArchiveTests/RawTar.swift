/// Builds tars block by block, with headers in which every field can be wrong.
struct RawTar {
    /// The fields of a header as they are to stand in it; nil leaves a sound value.
    struct Header {
        var name: [UInt8] = Array("f".utf8)
        var mode: [UInt8]?
        var uid: [UInt8]?
        var gid: [UInt8]?
        var size: [UInt8]?
        var mtime: [UInt8]?
        var typeFlag = UInt8(ascii: "0")
        var link: [UInt8] = []
        var magic: [UInt8] = Array("ustar\u{0}00".utf8)
        var devices: (major: [UInt8], minor: [UInt8])?
        var prefix: [UInt8] = []
        /// Bytes put over the header, by place.
        var patches: [(place: Int, bytes: [UInt8])] = []
        var checksumOffset = 0

        static let gnuMagic = Array("ustar  \u{0}".utf8)
        static let noMagic = [UInt8](repeating: 0, count: 8)
    }

    var bytes: [UInt8] = []

    /// An octal field of so many digits, ended by a NUL.
    static func octal(_ value: Int, digits: Int) -> [UInt8] {
        let text = String(value, radix: 8)
        return Array((String(repeating: "0", count: max(0, digits - text.count)) + text).utf8) + [0]
    }

    /// A number in base 256 that fills a field.
    static func base256(_ value: Int64, count: Int) -> [UInt8] {
        var field = [UInt8](repeating: value < 0 ? 0xff : 0, count: count)
        for index in 0..<min(8, count) {
            field[count - 1 - index] = UInt8(truncatingIfNeeded: value >> (8 * Int64(index)))
        }
        field[0] |= 0x80
        return field
    }

    /// Adds a member: a header, and a body that is padded.
    mutating func add(_ header: Header = Header(), body: [UInt8] = []) {
        bytes += Self.block(header, byteCount: body.count)
        addBody(body)
    }

    /// Adds a file with a text.
    mutating func addFile(_ name: String, _ text: String = "") {
        add(Header(name: Array(name.utf8)), body: Array(text.utf8))
    }

    /// Adds an extension header with a body.
    mutating func addExtension(_ typeFlag: Character, _ body: [UInt8], size: [UInt8]? = nil) {
        let flag = typeFlag.asciiValue ?? 0
        add(Header(name: Array("././@Extension".utf8), size: size, typeFlag: flag), body: body)
    }

    /// Adds a PAX header with records.
    mutating func addPax(_ records: [(String, String)], typeFlag: Character = "x") {
        addExtension(typeFlag, records.flatMap { Self.record($0.0, Array($0.1.utf8)) })
    }

    mutating func addBody(_ body: [UInt8]) {
        bytes += body
        bytes += [UInt8](repeating: 0, count: -body.count & 511)
    }

    mutating func addZeroBlocks(_ count: Int = 2) {
        bytes += [UInt8](repeating: 0, count: 512 * count)
    }

    static func record(_ key: String, _ value: [UInt8]) -> [UInt8] {
        let rest = Array(" \(key)=".utf8) + value + [UInt8(ascii: "\n")]
        var length = rest.count + 1
        while String(length).utf8.count + rest.count != length { length = String(length).utf8.count + rest.count }
        return Array(String(length).utf8) + rest
    }

    private static func block(_ header: Header, byteCount: Int) -> [UInt8] {
        var block = [UInt8](repeating: 0, count: 512)
        func put(_ field: [UInt8], at place: Int) {
            block.replaceSubrange(place..<place + field.count, with: field)
        }
        put(header.name, at: 0)
        put(header.mode ?? octal(0o644, digits: 7), at: 100)
        put(header.uid ?? octal(0, digits: 7), at: 108)
        put(header.gid ?? octal(0, digits: 7), at: 116)
        put(header.size ?? octal(byteCount, digits: 11), at: 124)
        put(header.mtime ?? octal(0, digits: 11), at: 136)
        block[156] = header.typeFlag
        put(header.link, at: 157)
        put(header.magic, at: 257)
        put(header.devices?.major ?? octal(0, digits: 7), at: 329)
        put(header.devices?.minor ?? octal(0, digits: 7), at: 337)
        put(header.prefix, at: 345)
        for patch in header.patches { put(patch.bytes, at: patch.place) }
        put([UInt8](repeating: UInt8(ascii: " "), count: 8), at: 148)
        let sum = block.reduce(0) { $0 + Int($1) } + header.checksumOffset
        put(octal(sum, digits: 6), at: 148)
        return block
    }
}
