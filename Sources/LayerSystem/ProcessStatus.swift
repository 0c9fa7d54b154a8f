/// What the kernel says of the process: lines of a name, a colon and a value.
///
/// Source: `man 5 proc_pid_status`.
package struct ProcessStatus: Sendable {
    private let text: String

    /// Wraps the text of a status file.
    package init(_ bytes: [UInt8]) {
        text = String(decoding: bytes, as: UTF8.self)
    }

    /// Reads the status of this process, or gives nil where /proc is not mounted.
    package static func current() -> ProcessStatus? {
        HostFile.read("/proc/self/status").map(ProcessStatus.init)
    }

    /// A field's value without the blanks around it, or nil when the kernel does not know the field.
    package func field(_ name: String) -> String? {
        for line in text.split(separator: "\n") {
            guard let colon = line.firstIndex(of: ":"), line[..<colon] == name else { continue }
            return line[line.index(after: colon)...].split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        return nil
    }
}
