import Foundation
import LayerSystem
import Testing

@Suite("Buffered output")
struct BufferedWriterTests {
    private func makePipe() throws -> (reader: FileDescriptor, writer: FileDescriptor) {
        var ends: [CInt] = [0, 0]
        #expect(pipe(&ends) == 0)
        return (FileDescriptor(rawValue: ends[0]), FileDescriptor(rawValue: ends[1]))
    }

    private func readAvailable(_ descriptor: FileDescriptor) throws -> String {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let flags = fcntl(descriptor.rawValue, F_GETFL)
        _ = fcntl(descriptor.rawValue, F_SETFL, flags | O_NONBLOCK)
        guard let count = try? buffer.withUnsafeMutableBytes({ try descriptor.read(into: $0) }) else { return "" }
        return String(decoding: buffer[..<count], as: UTF8.self)
    }

    @Test("output is held back until it is flushed or the buffer is full")
    func buffering() throws {
        let pipe = try makePipe()
        let output = BufferedWriter(pipe.writer, label: "pipe", bufferByteCount: 10)
        try output.write("abc")
        #expect(try readAvailable(pipe.reader) == "")
        try output.write("defghij")
        #expect(try readAvailable(pipe.reader) == "abcdefghij")
        try output.write("k")
        try output.flush()
        try output.flush()
        #expect(try readAvailable(pipe.reader) == "k")
        try pipe.reader.close()
        try pipe.writer.close()
    }

    @Test("without a buffer output comes at once")
    func unbuffered() throws {
        let pipe = try makePipe()
        try BufferedWriter(pipe.writer, label: "pipe", bufferByteCount: 0).write("now")
        #expect(try readAvailable(pipe.reader) == "now")
        try pipe.reader.close()
        try pipe.writer.close()
    }

    @Test("a pipe that nobody reads is an error that can be told apart, and is reported once")
    func brokenPipe() throws {
        StandardStream.prepare()
        let pipe = try makePipe()
        try pipe.reader.close()
        let output = BufferedWriter(pipe.writer, label: "standard output", bufferByteCount: 100)
        try output.write("lost")
        let error = #expect(throws: SystemError.self) { try output.flush() }
        #expect(error?.isBrokenPipe == true)
        #expect(error?.description == "write \"standard output\": Broken pipe")
        try output.flush()
        try pipe.writer.close()
    }
}
