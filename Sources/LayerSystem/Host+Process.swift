internal import CLinux
internal import Glibc

extension Host {
    /// The path of the directory that relative paths begin at.
    ///
    /// - Returns: An absolute path.
    /// - Throws: `SystemError` of `getcwd`: the directory may be gone.
    package static func currentDirectory() throws(SystemError) -> String {
        guard let path = unsafe getcwd(nil, 0) else {
            throw SystemError(call: "getcwd", subject: "", code: errno)
        }
        defer { unsafe free(path) }
        return unsafe String(cString: path)
    }

    /// The processes of this user, by their numbers.
    ///
    /// - Returns: The numbers in ascending order; those that have ended meanwhile may be among them.
    /// - Throws: `SystemError` when /proc cannot be read.
    package static func ownProcessIDs() throws(SystemError) -> [Int32] {
        try ownProcessIDs { _, _ in true }
    }

    /// The processes of this user that a cheaper question does not rule out before.
    static func ownProcessIDs(
        where isWanted: (_ processes: Directory, _ number: String) -> Bool
    ) throws(SystemError) -> [Int32] {
        let processes = try Directory(path: "/proc")
        let own = effectiveUserID
        return try processes.list().compactMap { Int32(String(decoding: $0, as: UTF8.self)) }.sorted().filter {
            number in
            let name = String(number)
            guard isWanted(processes, name) else { return false }
            let status = try? processes.status(name)  // reason: it has ended meanwhile
            return status?.uid == own
        }
    }

    /// Whether this process has no other thread: only then it can move into another user namespace.
    ///
    /// Source: man 5 proc, `/proc/PID/status`.
    package static var hasOneThread: Bool {
        HostFile.read("/proc/self/status").map { bytes in
            String(decoding: bytes, as: UTF8.self).split(separator: "\n").contains("Threads:\t1")
        } ?? false
    }

    /// Ignores the signals that ask a process to end: what another process does with them decides for this one too.
    package static func ignoreRequestsToEnd() {
        cl_ignore_requests()
    }

    /// Lets signals that ask this process to end (SIGHUP, SIGINT, SIGTERM) end nothing any more: they are remembered.
    ///
    /// Signals that the caller has this process ignore stay ignored.
    package static func rememberRequestsToEnd() {
        cl_remember_requests()
    }

    /// The number of the signal that was remembered last, or nil when none was.
    package static var requestToEnd: Int32? {
        let number = cl_remembered_request()
        return number == 0 ? nil : number
    }

    /// Lets this thread rest.
    package static func pause(milliseconds: UInt32) {
        usleep(milliseconds * 1000)
    }

    /// Ends the process at once; buffers of ours are flushed by then.
    ///
    /// - Parameter status: What the parent gets to see.
    package static func exit(_ status: Int32) -> Never {
        Glibc.exit(status)
    }
}
