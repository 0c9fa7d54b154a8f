internal import CLinux
internal import Glibc
internal import LayerModel

extension UserNamespace {
    /// Moves this process into a new user namespace, in which it is root, and a new mount namespace that belongs to it.
    ///
    /// The process must have one thread only. Mounts that are made afterwards are seen by it and its children alone; what is unmounted
    /// outside goes here too. Children find `LAYERCTL_NAMESPACE` set.
    ///
    /// - Parameter mapping: The numbers of users and groups that there are.
    /// - Throws: `SystemError`: of `unshare` with EINVAL when there are other threads, EPERM or ENOSPC as for `probe()`; of `newuidmap` or
    ///   `newgidmap`, with what they said, when they refuse the ranges. After any but the first kind the process is of no use.
    package static func enter(_ mapping: NamespaceMapping = .available()) throws(SystemError) {
        if let programs = mapping.programs {
            try enter(mapping, with: programs)
        } else {
            try leaveOuterNamespaces()
            // Without this a user could drop a group that is meant to keep him out. Source: man 7 user_namespaces, setgroups.
            try HostFile.write("deny", to: "/proc/self/setgroups")
            try HostFile.write("0 \(mapping.uid) 1", to: "/proc/self/uid_map")
            try HostFile.write("0 \(mapping.gid) 1", to: "/proc/self/gid_map")
        }
        try MountNamespace.stopSharing()
        try Host.setEnvironment(variable, mapping.kind.rawValue)
    }

    /// Moves this process into the namespaces of another one of this user.
    ///
    /// - Parameter process: The other process, whose user namespace must have been made by this user from the one this process is in.
    /// - Throws: `SystemError` of `setns`; EPERM when the namespace is no child of this one, EINVAL when there are other threads.
    package static func join(_ process: Int32) throws(SystemError) {
        let handle = try ProcessHandle(process)
        let flags = cl_clone_newuser | cl_clone_newns
        try SystemCall.run("setns", "process \(process)") { cl_setns(handle.descriptor.rawValue, flags) }
    }

    /// Moves this process into the user namespace of another one of this user, and no further.
    ///
    /// - Parameter process: The other process, as for `join(_:)`.
    /// - Throws: `SystemError` of `setns`.
    package static func joinUsers(of process: Int32) throws(SystemError) {
        let handle = try ProcessHandle(process)
        try SystemCall.run("setns", "process \(process)") { cl_setns(handle.descriptor.rawValue, cl_clone_newuser) }
    }

    /// Whether another process is in the user namespace of this one.
    ///
    /// - Parameter process: The other process.
    /// - Returns: The answer; false where that cannot be seen.
    package static func isShared(with process: Int32) -> Bool {
        let ours = try? HostFile.link("/proc/self/ns/user")  // reason: what cannot be seen is another one
        let other = try? HostFile.link("/proc/\(process)/ns/user")  // reason: as above
        return ours != nil && ours == other
    }

    /// Lets a child, which stays outside, have the maps written: only a process outside may.
    private static func enter(_ mapping: NamespaceMapping, with programs: NamespaceMapping.Programs) throws(SystemError)
    {
        let (signal, trigger) = try File.pipe()
        let (reader, writer) = try File.pipe()
        let own = getpid()
        let helper = try ChildProcess.fork {
            do throws(SystemError) {
                // The child's own copy of the end that the parent writes: with it, it would wait for ever should the parent be killed.
                try trigger.descriptor.close()
                guard try signal.readPart(byteCount: 1) == [enteredMark] else { return 0 }
                guard let failure = writeMaps(mapping, programs, of: own) else { return 0 }
                try writer.write(Array(failure.utf8))
            } catch {
                return 2
            }
            return 1
        }
        do {
            try leaveOuterNamespaces()
        } catch {
            try trigger.write([enteredMark + 1])
            _ = try helper.wait()
            throw error
        }
        try trigger.write([enteredMark])
        let status = try helper.wait()
        guard status != 0 else { return }
        let said = status == 1 ? try reader.readPart(byteCount: 1024) : []
        throw SystemError(
            call: "newuidmap",
            subject: EscapedText.line(String(decoding: said, as: UTF8.self)),
            code: EPERM
        )
    }

    /// What tells the child that the namespace is there.
    private static let enteredMark: UInt8 = 1

    /// Runs the two programs; gives what they said when one fails.
    private static func writeMaps(
        _ mapping: NamespaceMapping,
        _ programs: NamespaceMapping.Programs,
        of process: pid_t
    ) -> String? {
        let calls = [
            (programs.users, NamespaceMapping.triples(own: mapping.uid, mapping.userRanges)),
            (programs.groups, NamespaceMapping.triples(own: mapping.gid, mapping.groupRanges)),
        ]
        for (program, words) in calls {
            do throws(SystemError) {
                let outcome = try ChildProcess.run(program, ([String(process)] + words).map { Array($0.utf8) })
                if outcome.status != 0 { return "\(program): \(outcome.text)" }
            } catch {
                return error.description
            }
        }
        return nil
    }

    private static func leaveOuterNamespaces() throws(SystemError) {
        try SystemCall.run("unshare", "") { cl_unshare(cl_clone_newuser | cl_clone_newns) }
    }
}
