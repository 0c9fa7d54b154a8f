import Foundation
package import Testing

/// What a test needs beside the repository.
///
/// What is missing is said in the test's output and counted there.
package enum Need {
    /// Rights over the host: mounts, owners, devices.
    package static let root: ConditionTrait = .enabled(if: getuid() == 0, "needs root")

    /// A user whom the host does not allow what only root may.
    package static let ordinaryUser: ConditionTrait = .enabled(if: getuid() != 0, "needs an ordinary user")

    /// A program of the system.
    package static func tool(_ name: String) -> ConditionTrait {
        .enabled(if: find(name) != nil, "needs the program \(name)")
    }

    /// The right to follow other processes from call to call, on a machine whose registers `Tests/faults/crashpoint.c` knows.
    package static let tracing: ConditionTrait = .enabled(if: canTrace, "needs ptrace on x86-64")

    private static var canTrace: Bool {
        #if arch(x86_64)
        guard let path = find("strace") else { return false }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = ["-qq", "-o", "/dev/null", "/bin/true"]
        process.standardError = FileHandle.nullDevice
        // reason: a program that cannot be started cannot trace
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
        #else
        return false
        #endif
    }

    /// The archives and vectors that lie beside the repository in some checkouts.
    package static func shared(_ path: String) -> ConditionTrait {
        .enabled(if: sharedPath(path) != nil, "needs \(path) beside the repository (LAYERCTL_SHARED)")
    }

    /// Finds a program in PATH.
    package static func find(_ name: String) -> String? {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        return (path.split(separator: ":").map(String.init) + ["/usr/sbin", "/sbin"]).map { $0 + "/" + name }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Finds something in the folder of shared material.
    package static func sharedPath(_ path: String) -> String? {
        sharedFolders.map { $0 + "/" + path }.first { FileManager.default.fileExists(atPath: $0) }
    }

    private static var sharedFolders: [String] {
        if let folder = ProcessInfo.processInfo.environment["LAYERCTL_SHARED"] { return [folder] }
        // The package may be reached through a symbolic link: the folder lies beside either place.
        let here = URL(fileURLWithPath: #filePath)
        return [here, here.resolvingSymlinksInPath()].map { file in
            var package = file
            for _ in 0..<3 { package.deleteLastPathComponent() }
            return package.deletingLastPathComponent().appendingPathComponent("shared").path
        }
    }
}
