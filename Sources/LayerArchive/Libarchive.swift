internal import CArchive
internal import Synchronization

/// Gives libarchive a piece of a stream: sets where it begins, and returns its count of bytes or -1.
typealias LibarchiveReadCallback =
    @convention(c) (OpaquePointer?, UnsafeMutableRawPointer?, UnsafeMutablePointer<UnsafeRawPointer?>?) -> Int

/// Passes over bytes of a stream for libarchive, and returns how many they were.
typealias LibarchiveSkipCallback = @convention(c) (OpaquePointer?, UnsafeMutableRawPointer?, Int64) -> Int64

/// What is common to all uses of libarchive.
package enum Libarchive {
    /// Loads libarchive, which with the libraries that it needs takes some milliseconds, before it is asked for anything.
    ///
    /// Where it cannot be loaded, that is said by what needs it.
    package static func load() {
        carchive_load()
    }

    /// Held while libarchive decodes base 64: it builds its one table on first use, whoever else may be reading it.
    static let base64 = Mutex(())

    /// The number of the warning that a name cannot be converted: `ARCHIVE_ERRNO_FILE_FORMAT`, which is `EILSEQ`.
    static let conversionError: Int32 = 84

    /// What one of libarchive's constructors has made.
    ///
    /// - Parameter object: The constructor's result; it loads libarchive, which no other of its functions does.
    /// - Returns: The object.
    /// - Throws: `ArchiveError` when libarchive cannot be loaded, or memory ran out.
    static func made(_ object: OpaquePointer?) throws(ArchiveError) -> OpaquePointer {
        if let object = unsafe object { return unsafe object }
        guard let reason = unsafe carchive_load_error() else { throw .unavailable("out of memory") }
        throw .unavailable("libarchive cannot be loaded (\(unsafe String(cString: reason)))")
    }

    /// The last message of an archive.
    static func message(_ archive: OpaquePointer?) -> String {
        guard let text = unsafe archive_error_string(archive) else { return "libarchive gives no reason" }
        return unsafe String(cString: text)
    }
}
