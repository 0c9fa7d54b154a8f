internal import CLinux
internal import Glibc

/// A system call that failed: what was attempted, on what, and why it did not work.
package struct SystemError: Error, Hashable, Sendable {
    /// The call's name (`open`, `renameat2`).
    package let call: String
    /// What it was made on: an escaped path or name, or empty when only a descriptor is known.
    package let subject: String
    /// The error number (`errno`), or a negative number for a refusal of ours.
    package let code: Int32

    /// Makes an error.
    ///
    /// - Parameters:
    ///   - call: The call's name.
    ///   - subject: What it was made on, escaped already; may be empty.
    ///   - code: The error number.
    package init(call: String, subject: String, code: Int32) {
        self.call = call
        self.subject = subject
        self.code = code
    }

    /// The refusal to read something that is no regular file.
    package static let notRegularFileCode: Int32 = -1
    /// The refusal to go on when a file ends before the bytes that were announced.
    package static let endsEarlyCode: Int32 = -2
    /// The lack of /proc, through which a file is opened again or an attribute of a link is set.
    package static let noProcCode: Int32 = -3
}

extension SystemError {
    /// Whether the name, or a directory on the way to it, is not there.
    package var isNotFound: Bool { code == ENOENT }
    /// Whether a process has ended.
    package var isGone: Bool { code == ESRCH }
    /// Whether the name is taken already.
    package var isAlreadyThere: Bool { code == EEXIST || code == ENOTEMPTY }
    /// Whether the caller lacks a right.
    package var isNotPermitted: Bool { code == EPERM || code == EACCES }
    /// Whether the file system or the kernel cannot do such a thing.
    package var isNotSupported: Bool { code == EOPNOTSUPP || code == ENOSYS || code == ENOTTY }
    /// Whether a file is longer than the caller accepts, or than the file system allows.
    package var isTooLong: Bool { code == EFBIG }
    /// Whether the file system, or the user's share of it, is full.
    package var isNoSpace: Bool { code == ENOSPC || code == EDQUOT }
    /// Whether this process, or the machine, has no descriptor or no memory left: that says nothing about the file.
    package var isExhausted: Bool { code == EMFILE || code == ENFILE || code == ENOMEM }
    /// Whether the file system is read-only.
    package var isReadOnly: Bool { code == EROFS }
    /// Whether nobody reads the pipe any more.
    package var isBrokenPipe: Bool { code == EPIPE }
    /// Whether a terminal has nobody at its other end any more, or a device failed.
    package var isInputOutput: Bool { code == EIO }
    /// Whether the two names lie on different file systems.
    package var isCrossDevice: Bool { code == EXDEV }
    /// Whether a component that should be a directory is something else.
    package var isNotDirectory: Bool { code == ENOTDIR }
    /// Whether the thing is in use: a mount point, a device.
    package var isBusy: Bool { code == EBUSY }
    /// Whether a symbolic link stood where none is followed, or links led round in a circle.
    package var isLinkRefused: Bool { code == ELOOP }
    /// Whether the file that should be read is no regular one.
    package var isNotRegularFile: Bool { code == Self.notRegularFileCode || code == EISDIR }
    /// Whether what stands at the place is no file that this user can open: no record, as a damaged one is none.
    package var isOfPlace: Bool { isNotRegularFile || isNotDirectory || isLinkRefused || isNotPermitted }
    /// Whether the call does not know what it was asked for.
    package var isInvalid: Bool { code == EINVAL }
    /// Whether a file has as many names as the file system can give it.
    package var isTooManyLinks: Bool { code == EMLINK }
    /// Whether the extended attribute is not there.
    package var isNoAttribute: Bool { code == ENODATA }
}

extension SystemError: CustomStringConvertible {
    /// One line: `open "x": No such file or directory`.
    package var description: String {
        subject.isEmpty ? "\(call): \(reason)" : "\(call) \"\(subject)\": \(reason)"
    }

    /// Why the call failed, without what it was made on: the kernel's words for the error number.
    package var reason: String {
        switch code {
        case Self.notRegularFileCode: return "Not a regular file"
        case Self.endsEarlyCode: return "The file ends early"
        case Self.noProcCode: return "The proc file system is not mounted at /proc"
        default: break
        }
        // The longest text of glibc is 49 bytes.
        return unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
            guard let base = buffer.baseAddress, let text = unsafe cl_error_text(code, base, buffer.count) else {
                return "Error \(code)"
            }
            return unsafe String(cString: text)
        }
    }
}
