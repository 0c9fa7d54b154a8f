import ImageSpec
import ImageTransport
import LayerArchive
import LayerModel
import LayerTestKit
import Testing

/// Layers that stand in the outer archive in unusual forms: read in place and from a pipe alike.
@Suite struct StoredBodyTests {
    enum Form: String, CaseIterable {
        case plain
        case binarySize
        case sizeInExtensionHeader
        case oldSparse
        case longName
        case v7
    }

    static let layer = SampleImage.layer("one")

    /// A header whose fields were changed, with its checksum.
    private static func header(_ name: String, byteCount: Int, _ change: (inout [UInt8]) -> Void) -> [UInt8] {
        var builder = TarBuilder()
        builder.add(name: Array(name.utf8), content: [UInt8](repeating: 0, count: byteCount))
        var header = Array(builder.bytes.prefix(512))
        change(&header)
        header.replaceSubrange(148..<156, with: [UInt8](repeating: 0x20, count: 8))
        let sum = String(header.reduce(0) { $0 + Int($1) }, radix: 8)
        header.replaceSubrange(148..<155, with: (String(repeating: "0", count: 6 - sum.count) + sum + "\0").utf8)
        return header
    }

    private static func octal(_ value: Int) -> [UInt8] {
        let digits = String(value, radix: 8)
        return Array((String(repeating: "0", count: 11 - digits.count) + digits + "\0").utf8)
    }

    /// The layer as a member called `layer`; the first block of it is data and the last two are the end of the tar.
    private static func member(_ form: Form) -> [UInt8] {
        var builder = TarBuilder()
        switch form {
        case .plain: builder.add(name: Array("layer".utf8), content: layer)
        case .longName: builder.add(name: Array(repeating: UInt8(ascii: "l"), count: 150), content: layer)
        case .v7:
            builder.addRaw(
                header("layer", byteCount: layer.count) {
                    $0.replaceSubrange(257..<265, with: [UInt8](repeating: 0, count: 8))
                }
            )
            builder.addRaw(layer)
        case .binarySize:
            builder.addRaw(
                header("layer", byteCount: layer.count) { header in
                    let size = (0..<8).reversed().map { UInt8(truncatingIfNeeded: layer.count >> ($0 * 8)) }
                    header.replaceSubrange(124..<136, with: [0x80, 0, 0, 0] + size)
                }
            )
            builder.addRaw(layer)
        case .sizeInExtensionHeader:
            let record = "\(" size=\(layer.count)\n".utf8.count + 2) size=\(layer.count)\n"
            var extended = TarBuilder()
            extended.add(name: Array("PaxHeaders/layer".utf8), typeFlag: UInt8(ascii: "x"), content: Array(record.utf8))
            builder.addRaw(extended.bytes)
            builder.addRaw(header("layer", byteCount: layer.count) { $0.replaceSubrange(124..<136, with: octal(0)) })
            builder.addRaw(layer)
        case .oldSparse:
            // The end blocks are a hole: one region, and the true length.
            let data = layer.count - 1024
            builder.addRaw(
                header("layer", byteCount: data) { header in
                    header[156] = UInt8(ascii: "S")
                    header.replaceSubrange(257..<265, with: "ustar  \0".utf8)
                    header.replaceSubrange(345..<500, with: [UInt8](repeating: 0, count: 155))
                    header.replaceSubrange(386..<398, with: octal(0))
                    header.replaceSubrange(398..<410, with: octal(data))
                    header.replaceSubrange(410..<422, with: octal(layer.count))
                    header.replaceSubrange(422..<434, with: octal(0))
                    header.replaceSubrange(483..<495, with: octal(layer.count))
                }
            )
            builder.addRaw(Array(layer.prefix(data)))
        }
        return builder.bytes
    }

    @Test("A layer has the same bytes in whatever form it stands", arguments: Form.allCases, PlacedFile.Way.allCases)
    func forms(form: Form, way: PlacedFile.Way) throws {
        let image = SampleImage(["one"])
        let name = form == .longName ? String(repeating: "l", count: 150) : "layer"
        var rest = SampleArchive()
        rest.add("config", image.config)
        rest.add("manifest.json", "[\(SampleArchive.manifest("config", nil, [name]))]")
        let file = try PlacedFile(Self.member(form) + rest.bytes, way)
        let found = try #require(try file.open().onlyImage().layers.first)
        #expect(found.byteCount == Int64(Self.layer.count))
        #expect(try found.openUncompressed().finish().diffID.description == image.diffIDs[0])
    }
}
