internal import CLinux
internal import Glibc

/// A process that is held on to: its number may be given to another meanwhile, the handle never means that one.
///
/// Source: man 2 pidfd_open.
package struct ProcessHandle: Sendable {
    /// The process' number when the handle was made.
    package let processID: Int32
    private let file: File

    /// Takes hold of a process.
    ///
    /// - Parameter processID: Its number.
    /// - Throws: `SystemError` of `pidfd_open`; ESRCH when there is none.
    package init(_ processID: Int32) throws(SystemError) {
        self.processID = processID
        let subject = "process \(processID)"
        file = File(owning: try SystemCall.run("pidfd_open", subject) { cl_pidfd_open(processID) }, label: subject)
    }

    /// The handle's descriptor.
    var descriptor: FileDescriptor { file.descriptor }

    /// Unmounts a place of the process' mount namespace, of whose user namespace this user must be the owner.
    ///
    /// - Parameters:
    ///   - place: The place as that namespace names it.
    ///   - isLazy: Whether a mount that is in use goes too.
    /// - Throws: `SystemError` of `umount`: `isBusy`, EINVAL when nothing is mounted there, EPERM when the namespace is no child of this
    ///   process' own.
    package func unmount(_ place: [UInt8], isLazy: Bool) throws(SystemError) {
        do {
            try unmount(place, flags: cl_umount_nofollow)
        } catch {
            guard error.isBusy, isLazy else { throw error }
            try unmount(place, flags: cl_umount_nofollow | cl_mnt_detach)
        }
    }

    /// Sends the process a signal.
    ///
    /// - Parameter signal: The signal's number.
    /// - Throws: `SystemError` of `pidfd_send_signal`; `isGone` for a process that has ended.
    package func send(_ signal: Int32) throws(SystemError) {
        try SystemCall.run("kill", file.label) { cl_pidfd_signal(descriptor.rawValue, signal) }
    }

    /// Waits until the process has ended.
    ///
    /// - Parameter milliseconds: The longest time.
    /// - Returns: Whether it has.
    /// - Throws: `SystemError` of `poll`.
    package func waitUntilEnded(milliseconds: Int32) throws(SystemError) -> Bool {
        try SystemCall.run("poll", file.label) { cl_pidfd_wait(descriptor.rawValue, milliseconds) } > 0
    }

    /// Ends the process, by force when it does not end within two seconds when it is asked.
    ///
    /// - Throws: `SystemError` of `pidfd_send_signal`; a process that has ended already is none.
    package func end() throws(SystemError) {
        for (signal, patience) in [(SIGTERM, CInt(2000)), (SIGKILL, CInt(10_000))] {
            do {
                try SystemCall.run("kill", file.label) { cl_pidfd_signal(descriptor.rawValue, signal) }
            } catch {
                guard error.code == ESRCH else { throw error }
                return
            }
            let ended = try SystemCall.run("poll", file.label) { cl_pidfd_wait(descriptor.rawValue, patience) }
            if ended > 0 { return }
        }
        throw SystemError(call: "kill", subject: file.label, code: ETIMEDOUT)
    }

    private func unmount(_ place: [UInt8], flags: CInt) throws(SystemError) {
        try SystemCall.run("umount", place.escaped) {
            unsafe place.withCPath { unsafe cl_unmount_beside(descriptor.rawValue, $0, flags) }
        }
    }
}
