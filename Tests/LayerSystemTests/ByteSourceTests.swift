import Foundation
import LayerModel
import LayerSystem
import LayerTestKit
import Testing

@Suite("Byte sources")
struct ByteSourceTests {
    private let scratch: ScratchDirectory
    private let directory: Directory
    private let content = (0..<1 << 20).map { UInt8(truncatingIfNeeded: $0 &* 7 ^ $0 >> 11) }

    init() throws {
        scratch = try ScratchDirectory()
        directory = try Directory(path: scratch.path)
    }

    private func file() throws -> File {
        let file = try File.temporary(in: directory)
        try file.write(content)
        return file
    }

    private func drain(_ source: any ByteSource) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            let chunk = try source.nextChunk()
            if chunk.isEmpty { return bytes }
            bytes += chunk
        }
    }

    @Test(
        "a range of a file gives its bytes and nothing else",
        arguments: [(0, 1 << 20), (17, 100_000), (1 << 20, 0), (5, 1)]
    )
    func range(_ offset: Int, _ count: Int) throws {
        let source = FileRangeSource(file: try file(), offset: Int64(offset), byteCount: Int64(count))
        #expect(try drain(source) == Array(content[offset..<offset + count]))
        #expect(try source.nextChunk().isEmpty)
        #expect(try source.skip(5) == 0)
    }

    @Test("reading on gives larger pieces, up to the limit, and a skip small ones again")
    func chunkGrowth() throws {
        let source = FileRangeSource(
            file: try file(),
            offset: 0,
            byteCount: 1 << 20,
            chunkByteCount: 4096,
            probeByteCount: 512
        )
        #expect(try (0..<5).map { _ in try source.nextChunk().count } == [512, 1024, 2048, 4096, 4096])
        #expect(try source.skip(1000) == 1000)
        let chunk = try source.nextChunk()
        let start = 512 + 1024 + 2048 + 4096 + 4096 + 1000
        let end = start + 512
        #expect(Array(chunk) == Array(content[start..<end]))
        #expect(try source.skip(1 << 40) == Int64(content.count - end))
        #expect(try source.nextChunk().isEmpty)
    }

    @Test("a file that ends before its range does is an error, not an end")
    func cutFile() throws {
        let source = FileRangeSource(file: try file(), offset: 1000, byteCount: 1 << 20)
        let error = #expect(throws: SystemError.self) { try drain(source) }
        #expect(error?.code == SystemError.endsEarlyCode)
    }

    @Test("two ranges of one file do not disturb each other")
    func twoRanges() throws {
        let file = try file()
        let halves = [0, 1 << 19].map { FileRangeSource(file: file, offset: Int64($0), byteCount: 1 << 19) }
        let first = try halves[0].nextChunk().count
        #expect(try drain(halves[1]) == Array(content[(1 << 19)...]))
        #expect(try drain(halves[0]) == Array(content[first..<1 << 19]))
    }

    @Test("a pipe is read to its end, however its bytes come")
    func pipeOfSmallPieces() throws {
        var ends: [CInt] = [0, 0]
        #expect(pipe(&ends) == 0)
        let (readEnd, writeEnd) = (FileDescriptor(rawValue: ends[0]), FileDescriptor(rawValue: ends[1]))
        let input = try File.duplicating(readEnd, label: "pipe")
        #expect(input.kind == .fifo)
        let pieces = Array(content[..<100_000])
        Thread.detachNewThread {
            var rest = pieces[...]
            while !rest.isEmpty {
                let piece = rest.prefix(1 + rest.count % 3000)
                _ = try? Array(piece).withUnsafeBytes { try writeEnd.writeAll($0) }
                rest = rest.dropFirst(piece.count)
            }
            try? writeEnd.close()
        }
        let source = StreamSource(input)
        #expect(try source.skip(10) == 0)
        #expect(try drain(source) == pieces)
        #expect(try source.nextChunk().isEmpty)
        try readEnd.close()
    }

    @Test("a named FIFO is waited for when it is read, not when it is opened")
    func namedFifo() throws {
        try directory.makeNode("pipe", kind: .fifo)
        let path = scratch.path + "/pipe"
        let source = StreamSource(try File.openForReading(path: path))
        Thread.detachNewThread {
            let writer = FileDescriptor(rawValue: open(path, O_WRONLY))
            _ = try? [UInt8](repeating: 3, count: 70_000).withUnsafeBytes { try writer.writeAll($0) }
            try? writer.close()
        }
        #expect(try drain(source) == [UInt8](repeating: 3, count: 70_000))
    }

    @Test("a mapped file shows its content, an empty one nothing")
    func mapping() throws {
        let mapped = try MappedFile(file())
        #expect(mapped.bytes.elementsEqual(content))
        #expect(try MappedFile(File.temporary(in: directory)).bytes.isEmpty)
    }
}
