import Foundation
import LayerTestKit
import Testing

/// A mount of the kernel's overlayfs, as long as it is needed.
struct OverlayMount: ~Copyable {
    /// Whether this process may mount one.
    static let isNeeded: ConditionTrait = .enabled(if: isPossible, "needs the right to mount overlayfs")

    private static let isPossible: Bool = {
        guard let scratch = try? ScratchDirectory(), let mount = try? OverlayMount([], in: scratch) else {
            return false
        }
        mount.end()
        return true
    }()

    private struct Failure: Error {}

    /// Where it is mounted.
    let path: String

    /// Mounts lower directories.
    ///
    /// - Parameters:
    ///   - lowers: Their paths, the topmost first.
    ///   - scratch: A directory to make the mount point in.
    /// - Throws: What making directories and running `mount` met.
    init(_ lowers: [String], in scratch: ScratchDirectory) throws {
        try self.init("ro", lowers, in: scratch)
    }

    /// Mounts lower directories below `upper` in the scratch directory.
    init(_ lowers: [String], writingIn scratch: ScratchDirectory) throws {
        let made = ["upper", "work"].map { scratch.path + "/" + $0 }
        for directory in made {
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: false)
        }
        try self.init("upperdir=\(made[0]),workdir=\(made[1])", lowers, in: scratch)
    }

    /// Mounts lower directories below a directory of the scratch directory that was written by other means.
    init(_ lowers: [String], upper: String, in scratch: ScratchDirectory) throws {
        let work = scratch.path + "/kernel-work"
        try FileManager.default.createDirectory(atPath: work, withIntermediateDirectories: false)
        try self.init("upperdir=\(scratch.path)/\(upper),workdir=\(work)", lowers, in: scratch)
    }

    private init(_ access: String, _ lowers: [String], in scratch: ScratchDirectory) throws {
        path = scratch.path + "/merged"
        let empty = ["empty-1", "empty-2"].map { scratch.path + "/" + $0 }
        for directory in empty + [path] {
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: false)
        }
        let options = access + ",lowerdir=" + (lowers + empty).joined(separator: ":")
        guard try Self.run("mount", "-t", "overlay", "overlay", "-o", options, path) else { throw Failure() }
    }

    /// Unmounts it.
    func end() {
        _ = try? Self.run("umount", "-l", path)
    }

    private static func run(_ name: String, _ arguments: String...) throws -> Bool {
        guard let program = Need.find(name) else { return false }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}
