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

extension UserNamespace {
    /// Whether this process is in the host's own user namespace, where root may write `trusted.` attributes.
    ///
    /// Source: `man 7 user_namespaces`, "User and group ID mappings": the initial namespace maps all numbers to themselves.
    package static var isInitial: Bool {
        guard let line = HostFile.readLine("/proc/self/uid_map") else { return true }
        return line.split(separator: " ").elementsEqual(["0", "0", "4294967295"])
    }
}
