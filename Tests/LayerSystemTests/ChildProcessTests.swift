import Foundation
import LayerTestKit
import Testing

@testable import LayerSystem

@Suite("Child processes")
struct ChildProcessTests {
    private func shell(_ line: String, directory: LayerSystem.Directory? = nil) throws -> ChildProcess.Outcome {
        try ChildProcess.run("/bin/sh", [Array("-c".utf8), Array(line.utf8)], directory: directory)
    }

    @Test("the status is the program's own", arguments: [0, 1, 7, 127, 255])
    func status(_ status: Int32) throws {
        #expect(try shell("exit \(status)").status == status)
    }

    @Test("a signal is told as shells tell it", arguments: [(9, 137), (15, 143)])
    func signal(_ number: Int, _ status: Int32) throws {
        #expect(try shell("kill -\(number) $$").status == status)
    }

    @Test("both output streams are read, and there is nothing to read for the program")
    func streams() throws {
        #expect(try shell("cat; echo a; echo b >&2; echo").text == "a\nb")
    }

    @Test("a program that says much is heard to its end")
    func muchOutput() throws {
        let outcome = try shell("i=0; while [ $i -lt 9000 ]; do echo 0123456789abcdef; i=$((i+1)); done; exit 3")
        #expect(outcome.status == 3)
        #expect(outcome.text.utf8.count >= 64 << 10)
    }

    @Test("arguments are bytes, whatever they are")
    func arguments() throws {
        let odd: [UInt8] = [0x20, 0xFF, 0x22, 0x5C, 0x0A, 0x78]
        let words = ["-c", #"printf %s "$1" | od -An -tx1"#, "sh"].map { Array($0.utf8) }
        let outcome = try ChildProcess.run("/bin/sh", words + [odd])
        #expect(outcome.text.split(separator: " ") == ["20", "ff", "22", "5c", "0a", "78"])
    }

    @Test("a program has the three streams and nothing else open")
    func descriptors() throws {
        let scratch = try ScratchDirectory()
        // Without close-on-exec, as a careless caller of this program may have left it.
        let descriptor = open(scratch.path, O_RDONLY)
        defer { close(descriptor) }
        // Not by listing: that would be a descriptor too.
        let numbers = (Array(0...99) + [Int(descriptor)]).map(String.init).joined(separator: " ")
        let line = "for n in \(numbers); do if [ -e /proc/$$/fd/$n ]; then echo $n; fi; done"
        #expect(try shell(line).text == "0\n1\n2")
    }

    @Test("signals that this process ignores are not ignored in a program")
    func ignoredSignals() throws {
        StandardStream.prepare()
        let line = try #require(try shell("grep SigIgn /proc/self/status").text.split(separator: "\t").last)
        let ignored = try #require(UInt64(line, radix: 16))
        #expect(ignored >> (SIGPIPE - 1) & 1 == 0)
    }

    @Test("the program runs where it is told to")
    func directory() throws {
        let scratch = try ScratchDirectory()
        let outcome = try shell("pwd -P", directory: LayerSystem.Directory(path: scratch.path))
        #expect(outcome.text == URL(fileURLWithPath: scratch.path).resolvingSymlinksInPath().path)
    }

    @Test("a program that is not there is an error, not a status")
    func missing() throws {
        let error = try #require(throws: SystemError.self) { try ChildProcess.run("/no/such/program", []) }
        #expect(error.description == #"exec "/no/such/program": No such file or directory"#)
        #expect(throws: SystemError(call: "exec", subject: "/etc/passwd", code: EACCES)) {
            try ChildProcess.run("/etc/passwd", [])
        }
        #expect(throws: SystemError(call: "exec", subject: "/bin/sh", code: EINVAL)) {
            try ChildProcess.run("/bin/sh", [[0]])
        }
    }

    @Test("a stream can be given, also in another's place")
    func givenStreams() throws {
        let (reader, writer) = try File.pipe()
        let words = ["-c", "echo out; echo err >&2"].map { Array($0.utf8) }
        let child = try ChildProcess.start("/bin/sh", words, streams: (nil, writer, writer))
        #expect(try child.wait() == 0)
        #expect(try reader.readPart(byteCount: 100) == Array("out\nerr\n".utf8))
    }

    @Test(
        "a keeper's report comes out of its pipe as it went in",
        arguments: [
            KeeperReport.ready(4711), .failed(SystemError(call: "mount", subject: "", code: 16)),
            .failed(SystemError(call: "umount", subject: "/a b\\n", code: -3)),
        ]
    )
    func reports(_ report: KeeperReport) {
        #expect(KeeperReport(report.bytes) == report)
    }

    @Test("a keeper that says nothing, or half, has failed", arguments: [[], [0x31], [0x31, 0, 0x32], [0x78, 0]])
    func brokenReports(_ bytes: [UInt8]) {
        #expect(throws: SystemError(call: "fork", subject: KeeperProcess.name, code: ESRCH)) {
            try KeeperReport(bytes).result()
        }
    }
}
