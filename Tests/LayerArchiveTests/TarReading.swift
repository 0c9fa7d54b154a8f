import LayerArchive
import LayerModel
import LayerTestKit

/// Ways to read a whole tar in a test.
enum TarReading {
    /// Reads all entries with their content.
    static func entries(
        _ tar: [UInt8],
        chunkByteCount: Int = 64 << 10,
        limits: ArchiveLimits = .standard
    ) throws -> [ReadEntry] {
        let reader = TarReader(BytesSource(tar, chunkByteCount: chunkByteCount), limits: limits)
        var entries: [ReadEntry] = []
        while try reader.next() { entries.append(try ReadEntry(reader)) }
        return entries
    }

    /// Scans all entries.
    static func scanned(_ tar: [UInt8], chunkByteCount: Int = 64 << 10) throws -> [ScannedEntry] {
        let reader = TarReader(scanning: BytesSource(tar, chunkByteCount: chunkByteCount))
        var entries: [ScannedEntry] = []
        while try reader.next() { entries.append(ScannedEntry(reader)) }
        return entries
    }

    /// Reads all entries and gives the tar that follows from what the raw sink got and the content.
    static func recreated(_ tar: [UInt8], chunkByteCount: Int, readsBodies: Bool = true) throws -> [UInt8] {
        let recorder = RawRecorder()
        let reader = TarReader(BytesSource(tar, chunkByteCount: chunkByteCount), rawSink: recorder)
        while try reader.next() {
            if readsBodies { try reader.readBody { chunk, _ in recorder.content += chunk } }
        }
        return recorder.bytes
    }

    /// The error that reading gives, or nil when there is none.
    static func failure(
        _ tar: [UInt8],
        chunkByteCount: Int = 64 << 10,
        limits: ArchiveLimits = .standard
    ) -> ArchiveError? {
        do {
            _ = try entries(tar, chunkByteCount: chunkByteCount, limits: limits)
            return nil
        } catch {
            return error as? ArchiveError ?? .corrupt("test", reason: "another error: \(error)")
        }
    }

    /// A whole source as bytes.
    static func bytes(of source: any ByteSource) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            let chunk = try source.nextChunk()
            if chunk.isEmpty { return bytes }
            bytes += chunk
        }
    }
}
