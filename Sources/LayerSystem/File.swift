internal import CLinux
internal import Glibc
package import LayerModel

/// An open file; it is closed when the last reference goes.
///
/// Reads and writes at an offset share nothing, so that threads may read different ranges of one file at once.
package final class File: Sendable {
    /// The raw descriptor; valid as long as this object is referred to.
    package let descriptor: FileDescriptor
    /// What messages call the file: its path or name, escaped.
    package let label: String
    /// What the file was when it was opened.
    package let kind: EntryKind
    let durability: Durability

    /// Takes a descriptor over.
    ///
    /// - Parameters:
    ///   - descriptor: An open descriptor that nobody else closes.
    ///   - label: What messages call the file.
    ///   - kind: What it is.
    ///   - durability: Whether `synchronize()` waits for the disk.
    init(owning descriptor: CInt, label: String, kind: EntryKind = .regular, durability: Durability = .full) {
        self.descriptor = FileDescriptor(rawValue: descriptor)
        self.label = label
        self.kind = kind
        self.durability = durability
    }

    deinit {
        // What a write that was put off met is reported by `synchronize()`; a descriptor that was only read has nothing to say.
        Glibc.close(descriptor.rawValue)
    }

    /// Whether the file has a size and can be read at any offset.
    package var isRegular: Bool { kind == .regular }

    /// What the file system knows of the file now.
    package func status() throws(SystemError) -> FileStatus {
        var status = cl_status()
        try SystemCall.run("stat", label) { unsafe cl_fstat(descriptor.rawValue, &status) }
        return FileStatus(status)
    }

    /// The file's size now, in bytes.
    package func byteCount() throws(SystemError) -> Int64 {
        try status().byteCount
    }

    /// Reads until the buffer is full or the file ends.
    ///
    /// - Parameters:
    ///   - buffer: Where the bytes go.
    ///   - offset: Where in the file, in bytes.
    /// - Returns: How many bytes were read; fewer than asked only at the end of the file.
    /// - Throws: `SystemError` of `read`.
    package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws(SystemError) -> Int {
        do {
            return try unsafe descriptor.read(into: buffer, at: offset)
        } catch {
            throw error.naming("read", label)
        }
    }

    /// Reads once at the file's own offset, as from a pipe.
    ///
    /// - Parameter buffer: Where the bytes go.
    /// - Returns: How many bytes were read; 0 at the end.
    /// - Throws: `SystemError` of `read`.
    package func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
        do {
            return try unsafe descriptor.read(into: buffer)
        } catch {
            throw error.naming("read", label)
        }
    }

    /// Reads a part of the file.
    ///
    /// - Parameters:
    ///   - offset: Where it begins.
    ///   - byteCount: The most bytes that are read.
    /// - Returns: What is there; nothing at the end.
    /// - Throws: `SystemError` of `read`.
    package func part(at offset: Int64, byteCount: Int) throws(SystemError) -> [UInt8] {
        try unsafe SystemBuffer.fill(byteCount: byteCount) { buffer throws(SystemError) in
            try unsafe read(into: UnsafeMutableRawBufferPointer(buffer), at: offset)
        }
    }

    /// Reads a whole file that is expected to be small.
    ///
    /// - Parameter byteLimit: The most bytes that are accepted; nothing is allocated for more.
    /// - Returns: The content.
    /// - Throws: `SystemError` of `read`, with EFBIG when the file is longer.
    package func readAll(byteLimit: Int) throws(SystemError) -> [UInt8] {
        try readAll(announced: byteCount(), byteLimit: byteLimit)
    }

    /// Reads the whole file, whose size has been asked for already, in bytes.
    func readAll(announced: Int64, byteLimit: Int) throws(SystemError) -> [UInt8] {
        guard announced <= Int64(byteLimit) else { throw SystemError(call: "read", subject: label, code: EFBIG) }
        // One byte more than the size shows whether the file grew meanwhile; files of /proc have no size at all.
        var capacity = max(Int(announced), 4095) + 1
        while true {
            var failure: SystemError?
            let content = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
                do throws(SystemError) {
                    count = try unsafe read(into: UnsafeMutableRawBufferPointer(buffer), at: 0)
                } catch {
                    failure = error
                }
            }
            if let failure { throw failure }
            guard content.count <= byteLimit else { throw SystemError(call: "read", subject: label, code: EFBIG) }
            if content.count < capacity { return content }
            capacity *= 2
        }
    }
}

extension SystemError {
    /// The same failure, of what is known by name further up.
    func naming(_ call: String, _ subject: String) -> SystemError {
        SystemError(call: call, subject: subject, code: code)
    }
}
