internal import CLinux
internal import Glibc

extension File {
    /// Waits until one of several pipes can be read, or has no writer any more.
    ///
    /// - Parameter files: The pipes, eight at most; nil for one that has ended.
    /// - Returns: The place of one among them.
    /// - Throws: `SystemError` of `poll`.
    package static func waitUntilReadable(_ files: [File?]) throws(SystemError) -> Int {
        let numbers = files.map { $0?.descriptor.rawValue ?? -1 }
        let place = try SystemCall.run("poll", "pipes") {
            unsafe numbers.withUnsafeBufferPointer { buffer -> CInt in
                guard let base = buffer.baseAddress else { return SystemCall.failing(EINVAL) }
                return unsafe cl_poll_any(base, CInt(buffer.count))
            }
        }
        return Int(place)
    }
}
