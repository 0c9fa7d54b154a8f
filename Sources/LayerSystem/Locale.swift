internal import CLinux

/// The character set that the C library takes names to be in.
package enum Locale {
    /// Makes the C library take names as UTF-8, as libarchive needs to hand them over byte for byte; called once, before any thread.
    ///
    /// - Returns: False when the host has none of the locales `C.UTF-8`, `C.utf8` and `en_US.UTF-8`.
    @discardableResult
    package static func useUTF8Bytes() -> Bool {
        cl_use_utf8_names() == 0
    }
}
