import ImageSpec
import LayerModel
import LayerSystem

/// Reads the entries of a log that may still be written.
struct LogReader {
    private static let partByteCount = 64 << 10

    private let file: File
    private let options: LogOptions
    private var offset: Int64 = 0
    private var buffer: [UInt8] = []
    private var start = 0

    /// Begins at the first entry.
    init(_ file: File, _ options: LogOptions) {
        self.file = file
        self.options = options
    }

    /// The next entry that is wanted; nil where none is yet.
    mutating func next() throws(SystemError) -> LogLine? {
        while let bytes = try nextBytes() {
            guard let line = LogLine(bytes) else { continue }
            let time = Timestamp(rfc3339: line.time)
            if let since = options.since, let time, time < since { continue }
            if let until = options.until, let time, time >= until { continue }
            return line
        }
        return nil
    }

    /// The last of the entries that are there.
    ///
    /// - Parameter count: How many.
    /// - Returns: The entries, the oldest first.
    /// - Throws: `SystemError` of `read`.
    mutating func last(_ count: Int) throws(SystemError) -> [LogLine] {
        var lines: [LogLine] = []
        while let line = try next() {
            lines.append(line)
            // Cut down seldom: to take away the first of many costs as much as all.
            if lines.count > 2 * count + 1024 { lines.removeFirst(lines.count - count) }
        }
        return lines.suffix(count)
    }

    private mutating func nextBytes() throws(SystemError) -> ArraySlice<UInt8>? {
        while true {
            if let feed = buffer[start...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { start = feed + 1 }
                return buffer[start..<feed]
            }
            buffer.removeFirst(start)
            start = 0
            let part = try file.part(at: offset, byteCount: Self.partByteCount)
            guard !part.isEmpty else { return nil }
            offset += Int64(part.count)
            buffer += part
        }
    }
}
