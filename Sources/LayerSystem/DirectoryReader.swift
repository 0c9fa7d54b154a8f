internal import CLinux
internal import Glibc
package import LayerModel

/// Reads the names of a directory in the order in which the file system has them.
///
/// Used by one thread at a time.
@safe
package final class DirectoryReader {
    /// The name read last, with a NUL right behind its end; valid until the next call.
    package private(set) var name = unsafe UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    /// The name read last as the kernel takes it; valid until the next call, and empty before the first.
    package private(set) var cName: UnsafePointer<CChar>
    /// The kind of what was read last, where the file system says it for free.
    package private(set) var kind: EntryKind?
    /// The number of what was read last.
    package private(set) var inode: UInt64 = 0

    /// The descriptor that is read.
    let descriptor: CInt
    private let label: String
    /// Who closes the descriptor, if it is not this reader.
    private let owner: Directory?
    private let buffer: UnsafeMutableRawPointer
    private static let bufferByteCount = 32 << 10
    private var position = 0
    private var end = 0

    /// Begins to read.
    ///
    /// - Parameters:
    ///   - descriptor: A descriptor of its own open file description, which is taken over.
    ///   - label: What messages call the directory.
    convenience init(owning descriptor: CInt, label: String) {
        self.init(descriptor, label, owner: nil)
    }

    /// Begins to read through a directory's own descriptor, which has one position for all.
    ///
    /// - Parameter directory: A directory that has not been read.
    convenience init(reading directory: Directory) {
        self.init(directory.descriptor.rawValue, directory.label, owner: directory)
    }

    private init(_ descriptor: CInt, _ label: String, owner: Directory?) {
        self.descriptor = descriptor
        self.label = label
        self.owner = owner
        unsafe buffer = .allocate(byteCount: Self.bufferByteCount, alignment: 8)
        unsafe buffer.storeBytes(of: 0, as: UInt8.self)
        unsafe cName = UnsafePointer(buffer.assumingMemoryBound(to: CChar.self))
    }

    deinit {
        if owner == nil { close(descriptor) }
        unsafe buffer.deallocate()
    }

    /// Moves to the next name; `.` and `..` are passed over.
    ///
    /// - Returns: False at the end.
    /// - Throws: `SystemError` of `getdents64`.
    package func next() throws(SystemError) -> Bool {
        repeat {
            if position == end {
                end = try SystemCall.run("getdents64", label) {
                    unsafe cl_getdents64(descriptor, buffer, Self.bufferByteCount)
                }
                position = 0
                if end == 0 { return false }
            }
            take()
        } while unsafe Self.isDots(name)
        return true
    }

    /// Goes back to the first name.
    func rewind() throws(SystemError) {
        try SystemCall.run("lseek", label) { lseek(descriptor, 0, SEEK_SET) }
        position = 0
        end = 0
    }

    /// Takes one record off the buffer: inode (8 bytes), offset (8), record length (2), type (1), name and NUL.
    ///
    /// The kernel fills whole records with a NUL in each, so that every access stays inside what it filled.
    ///
    /// Source: man 2 getdents.
    private func take() {
        let record = unsafe UnsafeRawPointer(buffer + position)
        inode = unsafe record.load(as: UInt64.self)
        position += Int(unsafe record.load(fromByteOffset: 16, as: UInt16.self))
        kind = Self.kind(ofType: unsafe record.load(fromByteOffset: 18, as: UInt8.self))
        let start = unsafe record + 19
        unsafe cName = start.assumingMemoryBound(to: CChar.self)
        unsafe name = UnsafeBufferPointer(start: start.assumingMemoryBound(to: UInt8.self), count: strlen(cName))
    }

    private static func isDots(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
        let dot = UInt8(ascii: ".")
        return unsafe name[0] == dot && (name.count == 1 || (name.count == 2 && name[1] == dot))
    }

    /// The kind that a `d_type` says, or nil for DT_UNKNOWN.
    ///
    /// Source: man 3 readdir.
    private static func kind(ofType type: UInt8) -> EntryKind? {
        switch type {
        case 1: .fifo
        case 2: .characterDevice
        case 4: .directory
        case 6: .blockDevice
        case 8: .regular
        case 10: .symbolicLink
        case 12: .socket
        default: nil
        }
    }
}
