import LayerModel
import Testing

@Suite("Digests")
struct DigestParsingTests {
    private static let hex = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

    @Test("L-100, L-101: both algorithms are read at their full length, and printed the same")
    func accepted() throws {
        let short = try Digest(parsing: "sha256:" + Self.hex)
        #expect(short.algorithm == .sha256)
        #expect(short.bytes.count == 32)
        #expect(Array(short.bytes.prefix(3)) == [0xE3, 0xB0, 0xC4])
        #expect(short.hex == Self.hex)
        #expect(short.description == "sha256:" + Self.hex)
        let long = try Digest(parsing: "sha512:" + Self.hex + Self.hex)
        #expect(long.algorithm == .sha512)
        #expect(long.bytes == short.bytes + short.bytes)
        #expect(long.description == "sha512:" + Self.hex + Self.hex)
        #expect(short == Digest(algorithm: .sha256, bytes: short.bytes))
    }

    private static let malformedTexts: [String] = [
        "", ":", "sha256", "sha256:", ":\(hex)", hex, "sha256:\(hex.uppercased())", "SHA256:\(hex)", "Sha256:\(hex)",
        "sha256:\(hex.dropLast())", "sha256:\(hex)0", "sha256:\(hex.dropLast(2))", "sha512:\(hex)",
        "sha256:\(hex)\(hex)",
        "sha256:\(hex.dropLast())g", "sha256:\(hex.dropLast()) ", " sha256:\(hex)", "sha256:\(hex)\n", "sha256 :\(hex)",
        "sha256: \(hex)", "sha256::\(hex)", "sha256:\(hex):", "sha256-\(hex)", "sha256:\(hex.dropLast())\u{FF11}",
        "sha256:../\(hex.dropLast(3))", "sha256:\(hex.dropLast(2))+1", "\0sha256:\(hex)", "../x:\(hex)",
        "+blake3:\(hex)",
        "blake3+:\(hex)", "a++b:\(hex)", "a b:\(hex)", "blake3:a/b", "blake3:", "blake3:a:b", "Blake3:\(hex)",
    ]

    @Test("L-100: what is no digest is refused and quoted", arguments: malformedTexts)
    func malformed(_ text: String) {
        #expect(throws: DigestError.malformed(text)) { try Digest(parsing: text) }
    }

    @Test(
        "L-101: a digest of another algorithm is told apart from a text that is none",
        arguments: [
            "blake3:\(hex)", "md5:d41d8cd98f00b204e9800998ecf8427e",
            "sha256+b64u:LCa0a2j_xo_5m0U8HTBBNBNCLXBkg7-g-YpeiGJm564",
            "multihash+base58:QmRZxt2b1FVZPNqd8hsiykDL3TdBDeTSPX9Kv46HmX4Gx8", "a.b_c-d:x=", "7:Z",
        ]
    )
    func unsupported(_ text: String) {
        #expect(throws: DigestError.unsupportedAlgorithm(text)) { try Digest(parsing: text) }
    }

    @Test("messages quote the text, escaped")
    func messages() {
        #expect(DigestError.malformed("a\u{1B}\"").description == #"invalid digest "a\x1b\"""#)
        #expect(
            DigestError.unsupportedAlgorithm("md5:0").description
                == #"digest "md5:0" is of an algorithm that cannot be verified"#
        )
    }

    @Test("hexadecimal goes both ways for every byte")
    func hexadecimal() {
        let bytes = Array(UInt8.min...UInt8.max)
        let text = Digest.encodeHex(bytes)
        #expect(text.hasPrefix("000102") && text.hasSuffix("fdfeff"))
        #expect(Digest.decodeHex(text.utf8) == bytes)
    }

    @Test(
        "half a byte, and digits that are none, are not decoded",
        arguments: ["0", "000", "0g", "0A", "0x", " 00", "٠٠"]
    )
    func badHexadecimal(_ text: String) {
        #expect(Digest.decodeHex(text.utf8) == nil)
    }

    @Test("every identity is printed as its digest")
    func identities() throws {
        let digest = try Digest(parsing: "sha256:" + Self.hex)
        let texts = [
            DiffID(digest).description, ChainID(digest).description, ImageID(digest).description,
            BlobDigest(digest).description,
        ]
        #expect(Set(texts) == [digest.description])
    }
}
