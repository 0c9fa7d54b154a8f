internal import LayerModel

/// A file system that is made for a while, and goes with the last reference at the latest.
///
/// One in a file stands behind a loop device that is given up as soon as nothing is mounted from it, and the file has no name any more
/// once it is mounted: whatever ends this process, only the mount is left, and in a mount namespace of its own not even that.
package final class TemporaryFileSystem: Sendable {
    /// What it is made of.
    package enum Kind: Hashable, Sendable {
        /// Memory.
        case memory
        /// A file with a file system of a type (`ext4`, `xfs`, `btrfs`) and a size in bytes.
        case file(type: String, byteCount: Int64)
    }

    private let place: [UInt8]

    /// Makes and mounts one.
    ///
    /// - Parameters:
    ///   - kind: What it is made of.
    ///   - name: An empty directory, one component, where it is mounted.
    ///   - directory: Where that is, and where the file is.
    /// - Throws: `TemporaryFileSystemError`.
    package init(
        _ kind: Kind,
        on name: String,
        in directory: Directory
    ) throws(TemporaryFileSystemError) {
        do throws(SystemError) {
            place = try directory.open(name).hostPath()
        } catch {
            throw .system(error)
        }
        switch kind {
        case .memory: try Self.mount("tmpfs", source: "tmpfs", on: name, in: directory)
        case .file(let type, let byteCount): try Self.make(type, byteCount, on: name, in: directory)
        }
    }

    deinit {
        try? end()  // reason: whoever wants to know whether it could go calls `end()`
    }

    /// Takes it away; what is open in it keeps it until it is closed.
    ///
    /// - Throws: `SystemError` of `umount`.
    package func end() throws(SystemError) {
        do throws(SystemError) {
            try Mount.unmount(place, isLazy: true)
        } catch {
            // Ended before.
            guard error.isInvalid || error.isNotFound else { throw error }
        }
    }

    private static func make(
        _ type: String,
        _ byteCount: Int64,
        on name: String,
        in directory: Directory
    ) throws(TemporaryFileSystemError) {
        let file = name + ".image"
        let path: [UInt8]
        do throws(SystemError) {
            let image = try directory.createFile(file)
            try image.setByteCount(byteCount)
            path = try directory.hostPath() + Array("/\(file)".utf8)
        } catch {
            throw .system(error)
        }
        // reason: without a name the file goes with what uses it, and with a name the directory's owner finds it
        defer { try? directory.unlink(file) }
        try run("mkfs.\(type)", makingOptions(type) + [path])
        let device = try run("losetup", ["--find".bytes, "--show".bytes, path])
        // As soon as it is mounted, this means: when it is no longer.
        defer { _ = try? run("losetup", ["--detach".bytes, device.bytes]) }  // reason: a device more does no harm
        try mount(type, source: device, on: name, in: directory)
    }

    /// Without what ext4 would go on to write in the background for minutes, beside what is measured.
    private static func makingOptions(_ type: String) -> [[UInt8]] {
        let words =
            type == "ext4" ? ["-q", "-F", "-E", "lazy_itable_init=0,lazy_journal_init=0"] : ["-q", "-f"]
        return words.map(\.bytes)
    }

    private static func mount(
        _ type: String,
        source: String,
        on name: String,
        in directory: Directory
    ) throws(TemporaryFileSystemError) {
        do throws(SystemError) {
            let context = try FileSystemContext(type: type)
            try context.set("source", source)
            if type == "tmpfs" { try context.set("mode", "700") }
            try context.mount([]).attach(to: directory.open(name))
        } catch {
            throw .system(error)
        }
    }

    @discardableResult
    private static func run(_ program: String, _ arguments: [[UInt8]]) throws(TemporaryFileSystemError) -> String {
        guard let path = HostFile.findSystemProgram(program) else { throw .missingProgram(program) }
        let outcome: ChildProcess.Outcome
        do throws(SystemError) {
            outcome = try ChildProcess.run(path, arguments)
        } catch {
            throw .system(error)
        }
        guard outcome.status == 0 else {
            throw .programFailed(program, status: outcome.status, message: outcome.text)
        }
        return outcome.text
    }
}

extension String {
    fileprivate var bytes: [UInt8] { Array(utf8) }
}
