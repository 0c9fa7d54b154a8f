import LayerArchive
import LayerModel
import LayerTestKit

/// Readers of tars and of compressed streams.
enum ArchiveFuzzing {
    /// What both ways to read a tar must agree on.
    private struct Entry: Equatable {
        let name: [UInt8]
        let linkName: [UInt8]
        let kind: EntryKind
        let byteCount: Int64
    }

    /// Counts what a reader does not hand out as content.
    private final class CountingSink: RawSink {
        var byteCount: Int64 = 0

        func raw(_ bytes: UnsafeRawBufferPointer) { byteCount += Int64(bytes.count) }
        func extent(fileOffset: Int64, byteCount: Int64) { self.byteCount += byteCount }
    }

    private static let limits: ArchiveLimits = {
        var limits = InputLimits()
        limits[.layerBytes] = 1 << 22
        limits[.sparseRegions] = 1 << 10
        limits[.zstdWindow] = 1 << 22
        return ArchiveLimits(limits)
    }()

    static func tar(_ bytes: [UInt8]) {
        let chunkByteCount = 1 + Int(bytes.first ?? 0) * 17
        let sink = CountingSink()
        let reader = TarReader(BytesSource(bytes, chunkByteCount: chunkByteCount), limits: limits, rawSink: sink)
        guard let read = try? entries(reader, readsContent: true) else { return }  // reason: an error is an answer
        precondition(sink.byteCount == Int64(bytes.count), "not all bytes of the tar were handed out")
        let scan = TarReader(scanning: BytesSource(bytes, chunkByteCount: chunkByteCount), limits: limits)
        guard let scanned = try? entries(scan, readsContent: false) else {  // reason: told by the next line
            preconditionFailure("a scan refuses what can be read")
        }
        precondition(scanned == read, "a scan finds other entries")
    }

    private static func entries(_ reader: TarReader, readsContent: Bool) throws -> [Entry] {
        var entries: [Entry] = []
        while try reader.next() {
            entries.append(
                Entry(
                    name: Array(reader.name),
                    linkName: Array(reader.linkName),
                    kind: reader.kind,
                    byteCount: reader.kind == .regular ? reader.byteCount : 0
                )
            )
            guard readsContent else { continue }
            _ = try reader.extendedAttributes()
            try reader.readBody { _, _ in }
        }
        return entries
    }

    static func pax(_ bytes: [UInt8]) {
        guard bytes.count <= 1 << 16 else { return }
        var builder = TarBuilder()
        builder.add(name: Array("pax".utf8), typeFlag: UInt8(ascii: "x"), content: bytes)
        builder.add(name: Array("file".utf8), content: Array("content".utf8))
        builder.end()
        tar(builder.bytes)
    }

    static func stream(_ bytes: [UInt8]) {
        func digest(chunkByteCount: Int) -> Digest? {
            let tap = DigestTap(Decompressor(BytesSource(bytes, chunkByteCount: chunkByteCount), limits: limits))
            return try? tap.finish().digest  // reason: an error is an answer
        }
        precondition(digest(chunkByteCount: 1 << 16) == digest(chunkByteCount: 7), "chunks change the content")
    }
}
