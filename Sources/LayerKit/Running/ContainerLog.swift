import ImageSpec
import LayerModel
import LayerSystem

/// Keeps what a process writes, line by line, as Docker's json-file driver does.
///
/// Source: moby `daemon/logger/jsonfilelog/jsonlog/jsonlog.go`; moby `daemon/logger/copier.go`.
final class ContainerLog {
    static let name = "log"
    /// A longer line is kept in parts.
    private static let lineByteCount = 16 << 10
    private static let streams = ["stdout", "stderr"]

    /// Nil where nothing is kept.
    private let file: File?
    private var pipes: [File?]
    private let echoes: [FileDescriptor?]
    private var lines: [[UInt8]] = [[], []]

    /// Begins a log in place of the last one.
    ///
    /// - Parameters:
    ///   - directory: Where it lies.
    ///   - output: The end of the pipe that is the process' standard output, or of its terminal.
    ///   - errors: That of its standard error; nil with a terminal.
    ///   - isKept: Whether anything is written down.
    ///   - echoes: Where what comes out of either is written as well.
    /// - Throws: `SystemError`.
    init(
        in directory: Directory,
        output: File,
        errors: File?,
        isKept: Bool = true,
        echoes: [FileDescriptor?] = [nil, nil]
    ) throws(SystemError) {
        if try directory.statusIfPresent(Self.name) != nil { try directory.unlink(Self.name) }
        file = isKept ? try directory.createFile(Self.name) : nil
        pipes = [output, errors]
        self.echoes = echoes
    }

    /// Copies until both streams have ended.
    ///
    /// What cannot be kept is read all the same: a process that writes must not stand still for that.
    ///
    /// - Throws: `SystemError` of the first write to the log that failed; at once when somebody whom it is echoed to has gone.
    func copy() throws(SystemError) {
        var failure: SystemError?
        while pipes.contains(where: { $0 != nil }) {
            let place = try File.waitUntilReadable(pipes)
            guard let pipe = pipes[place] else { continue }
            let part = try Self.part(of: pipe)
            if part.isEmpty { pipes[place] = nil }
            try echoes[place]?.writeAll(part)
            do throws(SystemError) {
                if failure == nil { try keep(part, place) }
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
    }

    private static func part(of pipe: File) throws(SystemError) -> [UInt8] {
        do {
            return try pipe.readPart(byteCount: 64 << 10)
        } catch {
            // So a terminal ends. Source: man 3 openpty has no word on it; Linux `drivers/tty/pty.c` gives EIO.
            guard error.isInputOutput, pipe.kind == .characterDevice else { throw error }
            return []
        }
    }

    /// Writes the lines that are whole; at the end of the stream also the rest.
    private func keep(_ part: [UInt8], _ place: Int) throws(SystemError) {
        guard let file else { return }
        var output: [UInt8] = []
        var rest = lines[place] + part
        while let end = Self.end(of: rest, isLast: part.isEmpty) {
            output += Self.entry(rest[..<end], place)
            rest.removeFirst(end)
        }
        lines[place] = rest
        if !output.isEmpty { try file.write(output) }
    }

    private static func end(of bytes: [UInt8], isLast: Bool) -> Int? {
        if let feed = bytes.prefix(lineByteCount).firstIndex(of: UInt8(ascii: "\n")) { return feed + 1 }
        if bytes.count >= lineByteCount { return lineByteCount }
        return isLast && !bytes.isEmpty ? bytes.count : nil
    }

    private static func entry(_ line: ArraySlice<UInt8>, _ place: Int) -> [UInt8] {
        let entry: JSONValue = [
            "log": .string(String(decoding: line, as: UTF8.self)), "stream": .string(streams[place]),
            "time": .string(Host.now().rfc3339()),
        ]
        return entry.encoded() + [UInt8(ascii: "\n")]
    }
}
