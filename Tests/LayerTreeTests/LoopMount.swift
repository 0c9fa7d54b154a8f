import Foundation
import LayerTestKit
import Testing

/// A file system in a file of a scratch directory, mounted as long as it is needed.
struct LoopMount {
    /// Whether this process may make and mount one.
    static func isNeeded(_ type: String) -> ConditionTrait {
        .enabled(if: isPossible(type), "needs mkfs.\(type) and the right to mount it from a file")
    }

    private static func isPossible(_ type: String) -> Bool {
        guard Need.find("mkfs.\(type)") != nil, let mount = try? LoopMount(type) else { return false }
        mount.end()
        return true
    }

    /// Where it is mounted.
    let path: String
    private let scratch: ScratchDirectory

    /// Makes and mounts a file system of 512 MiB; nil where that cannot be done.
    ///
    /// - Parameter type: `btrfs`, `xfs` or `ext4`.
    /// - Throws: What running the tools met.
    init?(_ type: String) throws {
        scratch = try ScratchDirectory()
        path = scratch.path + "/mounted"
        let image = scratch.path + "/image"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        guard FileManager.default.createFile(atPath: image, contents: nil),
            truncate(image, 512 << 20) == 0,
            try Self.run("mkfs.\(type)", "-q", image),
            try Self.run("mount", "-o", "loop", "-t", type, image, path)
        else { return nil }
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
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}
