import LayerArchive
import LayerModel
import LayerSystem
import LayerTestKit
import Testing

@testable import LayerTree

@Suite("Large layers") struct LargeLayerTests {
    @Test("The index of 20,000 files as a distribution has them takes less than 60 bytes an entry")
    func indexSize() throws {
        let (tar, count) = try Self.distribution()
        let stack = try UnpackedStack([tar])
        let byteCount = try stack.layers[0].openFile("index").byteCount()
        let share = byteCount / Int64(count)
        #expect(count > 20_000)
        #expect(share < 60, "\(byteCount) bytes for \(count) entries")
        // The digests alone are 16 bytes a file, and do not compress.
        #expect(share > 16)
        #expect(stack.statistics[0].entryCount == count)
        #expect(try stack.recreate(0) == tar)
    }

    /// Packages of a hundred files each: names that share little, one time a package, contents that are all different.
    private static func distribution() throws -> (tar: [UInt8], entryCount: Int) {
        var random = SeededGenerator(seed: 7)
        let noise = (0..<4096).map { _ in UInt8.random(in: 0...255, using: &random) }
        var tar: [UInt8] = []
        let writer = try TarWriter { tar.append(contentsOf: $0) }
        var count = 0
        for package in 0..<200 {
            let directory = "usr/share/doc/package-\(package)-\(UInt16.random(in: 0...9999, using: &random))"
            let time = Timestamp(seconds: 1_500_000_000 + Int64.random(in: 0...200_000_000, using: &random))
            let attributes = FileAttributes(mode: 0o755, modificationTime: time)
            try writer.add(TarHeader(name: Array(directory.utf8), kind: .directory, attributes: attributes))
            for number in 0..<100 {
                let word = String(UInt32.random(in: 0...UInt32.max, using: &random), radix: 36)
                let name = Array("\(directory)/\(word)-\(number).so".utf8)
                let content = Array("\(package) \(number) ".utf8) + noise[..<Int.random(in: 1...300, using: &random)]
                try writer.add(TarHeader(name: name, kind: .regular, attributes: attributes), content: content)
            }
            count += 101
        }
        try writer.finish()
        return (tar, count)
    }
}
