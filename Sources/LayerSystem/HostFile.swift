internal import CLinux
internal import Glibc
package import LayerModel

/// Small files in which the kernel tells of itself (`/proc`, `/sys`).
package enum HostFile {
    /// Reads such a file.
    ///
    /// - Parameter path: A path of the host.
    /// - Returns: The content, or nil when it cannot be read: then the kernel has no such thing, or hides it, which is an answer too.
    package static func read(_ path: String) -> [UInt8]? {
        try? content(path, byteLimit: 1 << 20)  // reason: nil is an answer, see above
    }

    /// Reads such a file, in as few calls as can be: nothing that such a file is asked for waits.
    static func content(_ path: String, byteLimit: Int) throws(SystemError) -> [UInt8] {
        let flags = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
        let opened = try SystemCall.run("open", path) { unsafe path.withCPath { unsafe open($0, flags) } }
        // The kernel gives such files no size.
        return try File(owning: opened, label: path).readAll(announced: 0, byteLimit: byteLimit)
    }

    /// Reads such a file of one line, without the blanks around it.
    package static func readLine(_ path: String) -> String? {
        read(path).map {
            String(decoding: $0, as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
    }

    /// Writes to such a file, which is there.
    ///
    /// - Parameters:
    ///   - text: What the kernel is to read, in one write.
    ///   - path: A path of the host.
    /// - Throws: `SystemError` of `open` or `write`.
    static func write(_ text: String, to path: String) throws(SystemError) {
        let opened = try SystemCall.run("open", path) {
            unsafe path.withCPath { unsafe open($0, O_WRONLY | O_CLOEXEC) }
        }
        try File(owning: opened, label: path).write(Array(text.utf8))
    }

    /// What a symbolic link of the kernel's says.
    ///
    /// - Parameter path: A path of the host.
    /// - Returns: The text.
    /// - Throws: `SystemError` of `readlink`.
    static func link(_ path: String) throws(SystemError) -> [UInt8] {
        try unsafe SystemBuffer.fill(byteCount: 4096) { buffer throws(SystemError) in
            try SystemCall.run("readlink", path.escaped) {
                unsafe path.withCPath { unsafe cl_readlinkat(AT_FDCWD, $0, buffer.baseAddress, buffer.count) }
            }
        }
    }

    /// What stands at a path; links are followed.
    ///
    /// - Parameter path: A path of the host.
    /// - Returns: The kind of file; nil when there is none.
    /// - Throws: `SystemError` of `stat`.
    package static func kind(_ path: String) throws(SystemError) -> EntryKind? {
        var status = cl_status()
        do throws(SystemError) {
            try SystemCall.run("stat", path.escaped) {
                unsafe path.withCPath { unsafe cl_fstatat(AT_FDCWD, $0, 0, &status) }
            }
        } catch {
            guard error.isNotFound || error.isNotDirectory else { throw error }
            return nil
        }
        return FileStatus(status).kind
    }

    /// Whether a device can be opened for reading and writing; it is closed again at once.
    package static func isOpenable(_ path: String) -> Bool {
        let flags = O_RDWR | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
        let opened = SystemCall.retrying { unsafe path.withCPath { unsafe open($0, flags) } }
        if opened == -1 { return false }
        close(opened)
        return true
    }

    /// Where a program lies, or nil when it is in none of the places of `PATH`.
    package static func findProgram(_ name: String) -> String? {
        findProgram(name, in: Host.environment("PATH") ?? "")
    }

    /// Where a program of the administrator's lies: in `PATH`, or where such programs are, which no user's `PATH` need name.
    package static func findSystemProgram(_ name: String) -> String? {
        findProgram(name) ?? findProgram(name, in: "/usr/sbin:/sbin")
    }

    private static func findProgram(_ name: String, in places: String) -> String? {
        for place in places.split(separator: ":") where place.hasPrefix("/") {
            let path = "\(place)/\(name)"
            if isProgram(path) { return path }
        }
        return nil
    }

    /// Whether a program lies at a path.
    package static func isProgram(_ path: String) -> Bool {
        unsafe path.withCPath { unsafe access($0, X_OK) } == 0
    }
}
