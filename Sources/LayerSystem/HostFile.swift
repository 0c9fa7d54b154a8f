/// Small files in which the kernel tells of itself (`/proc`, `/sys`).
package enum HostFile {
    /// Reads such a file.
    ///
    /// - Parameter path: A path of the host.
    /// - Returns: The content, or nil when it cannot be read: then the kernel has no such thing, or hides it, which is an answer too.
    package static func read(_ path: String) -> [UInt8]? {
        try? File.openForReading(path: path).readAll(byteLimit: 1 << 20)
    }

    /// Reads such a file of one line, without the blanks around it.
    package static func readLine(_ path: String) -> String? {
        read(path).map {
            String(decoding: $0, as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
    }
}
