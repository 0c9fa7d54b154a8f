internal import CLinux

/// User namespaces, in which an ordinary user may mount.
package enum UserNamespace {
    /// Lets a child process make a user namespace, and change a mount in it.
    ///
    /// - Throws: `SystemError` with what the child met: EPERM where a policy forbids it, ENOSPC where the limit is reached.
    package static func probe() throws(SystemError) {
        try SystemCall.run("unshare", "") { cl_try_user_namespace() }
    }
}
