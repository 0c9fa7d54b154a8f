import Foundation
import Glibc
import ImageSpec
import ImageTransport
import LayerArchive
import LayerModel
import LayerSystem
import LayerTestKit
import Testing

/// Files that end too early, streams, and the standard input.
@Suite struct StreamTests {
    static let image = SampleImage(["one", "two"])
    static let host = PlatformRequest.host(Platform(os: "linux", architecture: "amd64"))

    @Test("An archive that is cut anywhere is refused, or complete but for its end", arguments: PlacedFile.Way.allCases)
    func truncation(way: PlacedFile.Way) throws {
        let whole = SampleArchive.docker([Self.image]).bytes
        for count in stride(from: 0, to: whole.count - 1, by: 509) {
            let file = try PlacedFile(Array(whole.prefix(count)), way)
            do {
                let source = try file.open()
                #expect(count >= whole.count - 1024, "cut at \(count)")
                try source.readAllLayers()
            } catch let error as TransportError {
                #expect(error.subject.file == file.path)
                #expect([.truncated, .invalid, .corrupt].contains(error.kind), "cut at \(count): \(error)")
            }
        }
    }

    @Test("A compressed archive that is cut is refused", arguments: Codec.available.filter { $0 != .none })
    func compressedTruncation(codec: Codec) throws {
        let whole = try codec.encode(SampleArchive.docker([Self.image]).bytes)
        for count in [5, whole.count / 3, whole.count / 2, whole.count - 5] {
            for way in PlacedFile.Way.allCases {
                let file = try PlacedFile(Array(whole.prefix(count)), way)
                let error = #expect(throws: TransportError.self) { try file.open() }
                #expect(error?.subject.file == file.path)
            }
        }
    }

    @Test("What is no archive is refused", arguments: PlacedFile.Way.allCases)
    func garbage(way: PlacedFile.Way) throws {
        var generator = SeededGenerator(seed: 4_9)
        let samples: [[UInt8]] = [
            [], [0], Array("hello\n".utf8), [UInt8](repeating: 0, count: 10_240), [0x1F, 0x8B],
            [0x28, 0xB5, 0x2F, 0xFD],
            (0..<4096).map { _ in UInt8.random(in: 0...255, using: &generator) },
            Array(repeating: UInt8(ascii: "x"), count: 1024),
        ]
        for sample in samples {
            let file = try PlacedFile(sample, way)
            let error = #expect(throws: TransportError.self) { try file.open() }
            #expect(error?.subject.file == file.path)
        }
    }

    @Test("Archives with flipped bytes are refused or read, and never trap")
    func mutations() throws {
        let seed: UInt64 = 4_10
        var generator = SeededGenerator(seed: seed)
        let wholes = try [SampleArchive.docker([Self.image]), .layout([Self.image]), .hybrid([Self.image])].map(\.bytes)
        for round in 0..<300 {
            var bytes = wholes[round % wholes.count]
            for _ in 0...(round % 3) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                bytes[place] = UInt8.random(in: 0...255, using: &generator)
            }
            let file = try PlacedFile(bytes)
            let failure = ArchiveOutcome(file.path).failure
            #expect(
                failure == nil || failure is TransportError,
                "seed \(seed), round \(round): \(failure.debugDescription)"
            )
        }
    }

    @Test("Bodies of a piped or compressed archive go to the given directory, and leave no name there")
    func spool() throws {
        let scratch = try ScratchDirectory()
        let directory = try Directory(path: scratch.path)
        for way in PlacedFile.Way.allCases {
            let file = try PlacedFile(Codec.gzip(SampleArchive.docker([Self.image]).bytes), way)
            let source = try ImageSource.open(.path(file.path), platform: Self.host, spoolDirectory: directory)
            #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path).isEmpty)
            try source.readAllLayers()
        }
    }

    @Test(
        "Want of room for temporary files is said of their directory, not of the archive",
        arguments: ["TMPDIR", "limit"]
    )
    func noRoom(what: String) async throws {
        await #expect(processExitsWith: .success) { [what] in
            let bytes = Codec.gzip(SampleArchive.docker([StreamTests.image]).bytes)
            let file = try PlacedFile(bytes)
            if what == "TMPDIR" {
                setenv("TMPDIR", "/no/such\u{1B}directory", 1)
            } else {
                // What is written beyond the limit fails with EFBIG.
                signal(SIGXFSZ, SIG_IGN)
                var limit = rlimit(rlim_cur: 1024, rlim_max: 1024)
                setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
                unsetenv("TMPDIR")
            }
            do {
                _ = try ImageSource.open(.path(file.path), platform: StreamTests.host)
                exit(1)
            } catch let error as TransportError {
                let expected =
                    what == "TMPDIR"
                    ? "no place for its content in \"/no/such\\x1bdirectory\": No such file or directory (TMPDIR says where)"
                    : "no place for its content in \"/var/tmp\": File too large (TMPDIR says where)"
                try #require(error.kind == .system)
                try #require(error.subject.file == file.path)
                try #require(error.reason == expected)
            }
        }
    }

    @Test("A file that is not there, or may not be read, is said to be so")
    func absent() throws {
        let scratch = try ScratchDirectory()
        let path = scratch.path + "/no\u{1B}such"
        let error = #expect(throws: TransportError.self) { try ImageSource.open(.path(path), platform: Self.host) }
        #expect(error?.kind == .notFound)
        #expect(error?.reason == "No such file or directory")
        #expect(error?.description.contains("\u{1B}") == false)
        let empty = #expect(throws: TransportError.self) {
            try ImageSource.open(.path(scratch.path), platform: Self.host)
        }
        #expect(empty?.reason == "not an image archive: neither manifest.json, index.json nor repositories is in it")
    }

    @Test("The standard input is read in place when it is a file, and as it comes otherwise")
    func standardInput() async throws {
        await #expect(processExitsWith: .success) {
            let archive = try SampleArchive.layout([StreamTests.image]).arranged(.reversed)
            for way in PlacedFile.Way.allCases {
                let file = try PlacedFile(archive, way)
                let descriptor = Glibc.open(file.path, O_RDONLY)
                dup2(descriptor, 0)
                let source = try ImageSource.open(.standardInput, platform: StreamTests.host)
                try #require(source.onlyImage().imageID == StreamTests.image.id)
                try #require(source.readAllLayers()[0].count == 2)
                try #require(source.label == "standard input")
            }
        }
    }

    @Test("The standard input goes on where another reader stopped")
    func standardInputWithOffset() async throws {
        await #expect(processExitsWith: .success) {
            let file = try PlacedFile(
                [UInt8](repeating: 7, count: 777) + SampleArchive.docker([StreamTests.image]).bytes
            )
            let descriptor = Glibc.open(file.path, O_RDONLY)
            lseek(descriptor, 777, SEEK_SET)
            dup2(descriptor, 0)
            let source = try ImageSource.open(.standardInput, platform: StreamTests.host)
            try #require(source.onlyImage().imageID == StreamTests.image.id)
            try source.readAllLayers()
        }
    }
}
