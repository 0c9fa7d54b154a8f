internal import Glibc

/// A file's content as memory that is read when it is touched.
///
/// The file must not be cut while it is mapped: touching what is gone ends the process. Files of the store, which nobody changes once
/// they are published, are mapped; files from outside are read.
@safe
package final class MappedFile: @unchecked Sendable {  // reason: the memory is read-only, and the pointer never changes
    /// The content; valid as long as this object is referred to.
    package let bytes: UnsafeRawBufferPointer

    /// Maps a whole file.
    ///
    /// - Parameter file: A regular file, opened for reading; need not stay open.
    /// - Throws: `SystemError` of `mmap`.
    package init(_ file: File) throws(SystemError) {
        let count = try file.byteCount()
        guard count > 0 else {
            unsafe bytes = UnsafeRawBufferPointer(start: nil, count: 0)
            return
        }
        let start = unsafe mmap(nil, Int(count), PROT_READ, MAP_PRIVATE, file.descriptor.rawValue, 0)
        // MAP_FAILED is a macro that Swift does not show: all bits set.
        guard let start = unsafe start, unsafe start != UnsafeMutableRawPointer(bitPattern: -1) else {
            throw SystemError(call: "mmap", subject: file.label, code: errno)
        }
        unsafe bytes = UnsafeRawBufferPointer(start: start, count: Int(count))
    }

    deinit {
        if let start = unsafe bytes.baseAddress {
            _ = unsafe munmap(UnsafeMutableRawPointer(mutating: start), bytes.count)
        }
    }
}
