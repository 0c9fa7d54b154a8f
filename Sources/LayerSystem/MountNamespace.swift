internal import CLinux
internal import Glibc

/// Mount namespaces: what a process sees mounted.
package enum MountNamespace {
    /// Moves this process into a mount namespace of its own, as root can without a user namespace; it must have one thread only, or each
    /// thread is moved by itself.
    ///
    /// - Throws: `SystemError` of `unshare` or `mount`.
    package static func enter() throws(SystemError) {
        try SystemCall.run("unshare", "") { cl_unshare(cl_clone_newns) }
        try stopSharing()
    }

    /// Keeps what is mounted here from the outside.
    ///
    /// What is unmounted outside still goes here too: a namespace that lives on would hold such mounts for ever.
    ///
    /// Source: man 7 mount_namespaces, "Shared subtrees".
    static func stopSharing() throws(SystemError) {
        try SystemCall.run("mount", "/") { unsafe cl_mount(nil, "/", nil, cl_ms_rec | cl_ms_slave, nil) }
    }

    /// The other mount namespaces that processes of this user are in, each once.
    ///
    /// Processes that end meanwhile, or that hide what they see, are passed over.
    ///
    /// - Parameter isForKeepersOnly: Whether only those of processes count that do nothing but keep a mount.
    /// - Returns: The namespaces, in the order of the numbers of their processes.
    /// - Throws: `SystemError` when /proc cannot be read, or `MountTableError`.
    package static func neighbours(isForKeepersOnly: Bool = false) throws -> [NeighbourNamespace] {
        // Numbers of mounts are given once among all namespaces, so that of the root mount tells the namespaces apart.
        var known: Set<[UInt8]> = []
        known.insert(namespaceMark(try MountTable.text(of: "thread-self")))
        var found: [NeighbourNamespace] = []
        for number in try isForKeepersOnly ? KeeperProcess.ownIDs() : Host.ownProcessIDs() {
            let text: [UInt8]
            do throws(SystemError) {
                text = try MountTable.text(of: String(number))
            } catch {
                // It has ended meanwhile, or hides what it sees; for want of descriptors nothing is known of it.
                guard !error.isExhausted else { throw error }
                continue
            }
            guard known.insert(namespaceMark(text)).inserted else { continue }
            found.append(NeighbourNamespace(processID: number, mounts: try MountTable(parsing: text)))
        }
        return found
    }

    /// The first number of a mount table: that of the root mount.
    private static func namespaceMark(_ table: [UInt8]) -> [UInt8] {
        Array(table.prefix { $0 != UInt8(ascii: " ") })
    }
}
