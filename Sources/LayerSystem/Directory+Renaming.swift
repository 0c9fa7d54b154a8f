internal import CLinux
internal import Glibc

extension Directory {
    /// Moves a name, in one step, to another place of the file system.
    ///
    /// - Parameters:
    ///   - name: The name here, one component.
    ///   - directory: Where it goes; may be this directory.
    ///   - newName: Its name there, one component.
    ///   - replacing: Whether a file that has the new name goes; a directory that is not empty never does.
    /// - Throws: `SystemError` of `rename`; `isAlreadyThere` when the new name is taken and must stay.
    package func rename(
        _ name: some PathBytes,
        to directory: Directory,
        as newName: some PathBytes,
        replacing: Bool
    ) throws(SystemError) {
        let target = directory.descriptor.rawValue
        if replacing {
            try unsafe call("rename", name) { parent, old in
                unsafe newName.withCName { unsafe renameat(parent, old, target, $0) }
            }
            return
        }
        do {
            try unsafe call("rename", name) { parent, old in
                unsafe newName.withCName { unsafe cl_renameat2(parent, old, target, $0, cl_rename_noreplace) }
            }
        } catch  where error.code == EINVAL || error.code == ENOSYS {
            // The file system does not know the flag (NFS, some FUSE). A look and a rename is what remains.
            if try directory.statusIfPresent(newName) != nil { throw error.with(code: EEXIST) }
            try rename(name, to: directory, as: newName, replacing: true)
        }
    }

    /// Exchanges two names in one step.
    ///
    /// - Parameters:
    ///   - name: The name here, one component.
    ///   - directory: Where the other one is; may be this directory.
    ///   - otherName: The other name, one component.
    /// - Throws: `SystemError` of `renameat2`.
    package func exchange(
        _ name: some PathBytes,
        with directory: Directory,
        _ otherName: some PathBytes
    ) throws(SystemError) {
        let other = directory.descriptor.rawValue
        try unsafe call("exchange", name) { parent, first in
            unsafe otherName.withCName { unsafe cl_renameat2(parent, first, other, $0, cl_rename_exchange) }
        }
    }
}

extension SystemError {
    /// The same call on the same thing, failed for another reason.
    func with(code: Int32) -> SystemError {
        SystemError(call: call, subject: subject, code: code)
    }
}
