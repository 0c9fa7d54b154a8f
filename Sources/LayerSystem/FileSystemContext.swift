internal import CLinux
internal import Glibc
internal import LayerModel

/// A file system that is being set up with the mount calls of Linux 5.2; given up when the last reference goes.
///
/// Source: man 2 fsopen, man 2 fsconfig.
package final class FileSystemContext: Sendable {
    private let context: File

    /// Begins.
    ///
    /// - Parameter type: The type's name (`overlay`, `tmpfs`).
    /// - Throws: `SystemError` of `fsopen`: ENODEV for a type that the kernel does not know, ENOSYS before Linux 5.2.
    package init(type: String) throws(SystemError) {
        let descriptor = try SystemCall.run("fsopen", type) {
            unsafe type.withCPath { unsafe cl_fsopen($0, cl_fsopen_cloexec) }
        }
        context = File(owning: descriptor, label: type)
    }

    /// Sets an option.
    ///
    /// - Parameters:
    ///   - key: The option's name.
    ///   - value: Its value, at most 255 bytes.
    /// - Throws: `SystemError` of `fsconfig`: EINVAL for an option or a value that the file system does not take.
    package func set(_ key: String, _ value: some PathBytes) throws(SystemError) {
        let number = context.descriptor.rawValue
        try SystemCall.run("fsconfig", "\(key)=\(value.escaped)") {
            unsafe key.withCPath { key in
                unsafe value.withCPath { value in unsafe cl_fsconfig(number, cl_fsconfig_set_string, key, value, 0) }
            }
        }
    }

    /// Sets an option that has no value.
    package func setFlag(_ key: String) throws(SystemError) {
        let number = context.descriptor.rawValue
        try SystemCall.run("fsconfig", key) {
            unsafe key.withCPath { key in unsafe cl_fsconfig(number, cl_fsconfig_set_flag, key, nil, 0) }
        }
    }

    /// Makes the file system, and a mount of it that stands nowhere yet.
    ///
    /// - Parameter attributes: What the mount refuses.
    /// - Returns: The mount.
    /// - Throws: `SystemError` of the calls; its subject ends in what the file system itself says of the failure, if anything.
    package func mount(_ attributes: MountAttributes) throws(SystemError) -> DetachedMount {
        let number = context.descriptor.rawValue
        do throws(SystemError) {
            try SystemCall.run("mount", context.label) { cl_fsconfig(number, cl_fsconfig_cmd_create, nil, nil, 0) }
            let descriptor = try SystemCall.run("fsmount", context.label) {
                cl_fsmount(number, cl_fsmount_cloexec, attributes.detachedBits)
            }
            return DetachedMount(root: Directory(owning: descriptor, label: context.label))
        } catch {
            let said = complaints()
            throw said.isEmpty ? error : error.naming(error.call, "\(context.label): \(said)")
        }
    }

    /// What the file system says of its failure: lines of a letter, a blank and a message, of which errors are kept.
    private func complaints() -> String {
        var lines: [String] = []
        // No file system says more in one go; a kernel that repeats itself is not listened to for ever.
        for _ in 0..<16 {
            // reason: ENODATA is the end, and a log that cannot be read only makes the message shorter
            guard let line = try? context.readPart(byteCount: 1024), !line.isEmpty else { break }
            if line.starts(with: "e ".utf8) {
                lines.append(EscapedText.line(String(decoding: line.dropFirst(2), as: UTF8.self)))
            }
        }
        return lines.joined(separator: "; ")
    }
}
