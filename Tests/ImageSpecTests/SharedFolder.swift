import Foundation

/// The folder of facts and images beside the repository, where there is one.
enum SharedFolder {
    /// The URL of a folder in it; nil when it is not there.
    static func folder(_ name: String) -> URL? {
        roots.map { $0.appendingPathComponent(name) }.first { FileManager.default.fileExists(atPath: $0.path) }
    }

    private static var roots: [URL] {
        if let path = ProcessInfo.processInfo.environment["LAYERCTL_SHARED"] { return [URL(fileURLWithPath: path)] }
        // The package may be reached through a symbolic link: the folder lies beside either place.
        let here = URL(fileURLWithPath: #filePath)
        return [here, here.resolvingSymlinksInPath()].map { file in
            var package = file
            for _ in 0..<3 { package.deleteLastPathComponent() }
            return package.deletingLastPathComponent().appendingPathComponent("shared")
        }
    }
}
