internal import CLinux

/// User namespaces, in which an ordinary user may mount.
package enum UserNamespace {
    /// What is set for programs that run in a namespace that was entered here: an `IdentityMapping` in its raw form.
    package static let variable = "LAYERCTL_NAMESPACE"

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
        guard let map = HostFile.read("/proc/self/uid_map") else { return true }
        let words = map.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }
        return words.count == 3 && words[0].elementsEqual("0".utf8) && words[1].elementsEqual("0".utf8)
            && words[2].elementsEqual("4294967295".utf8)
    }

    /// The namespace of ours that this process is in, or nil when it is in none: it is root there, and may mount.
    ///
    /// The variable alone would not tell: it survives into containers and `sudo -E`.
    package static var entered: IdentityMapping? {
        guard let kind = Host.environment(variable).flatMap(IdentityMapping.init(rawValue:)),
            Host.effectiveUserID == 0, !isInitial, Host.mayMount
        else { return nil }
        return kind
    }

    /// Whether a group's number means something in the namespace of this process.
    ///
    /// Source: `man 7 user_namespaces`, "User and group ID mappings": number inside, number outside, count.
    package static func hasGroup(_ gid: UInt32) -> Bool {
        let text = String(decoding: HostFile.read("/proc/self/gid_map") ?? [], as: UTF8.self)
        return text.split(separator: "\n").contains { line in
            let numbers = line.split(separator: " ").compactMap { UInt64($0) }
            return numbers.count == 3 && (numbers[0]..<(numbers[0] + numbers[2])).contains(UInt64(gid))
        }
    }
}
