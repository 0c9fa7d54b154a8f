import Foundation
import LayerArchive
import LayerModel
import LayerSystem
import LayerTestKit
import Testing

@testable import LayerTree

@Suite("Files that a second thread fills") struct FileFillerTests {
    private static let byteCounts = [0, 1, 700, 8 << 10, 32 << 10, 33 << 10, 3]

    private static func tar(fileCount: Int, _ byteCounts: [Int] = byteCounts) throws -> [UInt8] {
        var tar = TarBuilder()
        for number in 0..<fileCount {
            let byteCount = byteCounts[number % byteCounts.count]
            let attributes = FileAttributes(
                mode: number % 5 == 0 ? 0o4711 : 0o640,
                uid: UInt32(number % 3),
                gid: 7,
                modificationTime: Timestamp(seconds: Int64(1_000_000 + number))
            )
            let content = (0..<byteCount).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ number) }
            let name = Array("d\(number / 40)/f\(number)".utf8)
            tar.add(name: name, attributes: attributes, content: content)
            // A further name, a replacement and a directory in its place, while the file may still wait.
            let other = name + Array("-2".utf8)
            if number % 11 == 1 { tar.add(name: other, typeFlag: UInt8(ascii: "1"), link: name) }
            if number % 13 == 2 { tar.add(name: name, content: [9, 9]) }
            if number % 17 == 3 { tar.add(name: name + Array("/".utf8), typeFlag: UInt8(ascii: "5")) }
        }
        tar.end()
        return tar.bytes
    }

    /// A processor that has nothing to do for `length` files, is at work for as many, and so on.
    private final class Helper {
        private let length: Int
        private var fileCount = 0

        init(idleFor length: Int) {
            self.length = length
        }

        func isIdle() -> Bool {
            defer { fileCount += 1 }
            return fileCount / length % 2 == 0
        }
    }

    @Test("The layer is the same as without it, also where it helps now and then", arguments: [1, 3, 40, .max])
    func sameLayer(length: Int) throws {
        let tar = try Self.tar(fileCount: 500)
        let alone = try UnpackedStack([tar])
        let shared = try UnpackedStack([tar], sharesWork: Helper(idleFor: length).isIdle)
        #expect(try shared.indexDifferences(0) == [])
        #expect(try shared.merged() == alone.merged())
        #expect(shared.notes == alone.notes)
        let indexes = try [alone, shared].map { try $0.layers[0].openFile("index").readAll(byteLimit: 1 << 26) }
        #expect(indexes[0] == indexes[1])
        #expect(try shared.recreate(0) == tar)
    }

    @Test("Holes stay holes, and count for the digest")
    func holes() throws {
        let scratch = try ScratchDirectory()
        let path = scratch.path + "/f"
        let descriptor = open(path, O_RDWR | O_CREAT, 0o600)
        let metadata = FileMetadata(owner: nil, mode: 0o604, time: Timestamp(seconds: 77))
        let batch = FileBatch()
        let data = [UInt8](repeating: 5, count: 4096)
        try batch.add(FileDescriptor(rawValue: descriptor), byteCount: 3 << 20, metadata, digestPlace: 8) { body in
            for offset in [0, 1 << 20] { try data.withUnsafeBytes { try body($0, Int64(offset)) } }
        }
        #expect(try batch.fill().get() == 0)
        let status = try Directory(path: scratch.path).status("f")
        #expect((status.byteCount, status.mode, status.modificationTime.seconds) == (3 << 20, 0o604, 77))
        #expect(status.allocatedByteCount <= 64 << 10)
        var content = ContentFiller()
        content.begin()
        for offset in [0, 1 << 20] { try data.withUnsafeBytes { try content.take($0, at: Int64(offset), for: nil) } }
        let digest = try content.finish(byteCount: 3 << 20, of: nil)
        #expect(batch.digests.map(\.place) == [8] && batch.digests.map(\.digest) == [digest])
    }

    @Test("What a file cannot hold ends the layer, and leaves no descriptor open")
    func fails() async throws {
        let scratch = try ScratchDirectory()
        await #expect(processExitsWith: .success) { [path = scratch.path as String] in
            let tar = try Self.tar(fileCount: 40, [0, 1, 700, 8 << 10, 32 << 10])
            let layer = try Directory(path: path)
            let openBefore = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: 31 << 10, rlim_max: rlim_t.max)
            setrlimit(__rlimit_resource_t(1), &limit)
            do {
                let unpacker = try LayerUnpacker(into: layer, settings: UnpackedStack.settings, sharesWork: { true })
                try unpacker.read(BytesSource(tar))
                exit(2)
            } catch let error as SystemError {
                guard error.call == "pwrite", error.code == EFBIG, error.subject.contains("/d0/f4") else {
                    exit(3)
                }
            }
            let openAfter = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
            exit(openAfter == openBefore ? 0 : 4)
        }
        withExtendedLifetime(scratch) {}
    }
}
