import ImageSpec
import LayerKit
import LayerSystem

/// Reads the values of `--security-opt`.
enum SecurityArgument {
    /// Applies one.
    ///
    /// Source: docker/cli `docs/reference/commandline/container_run.md`, "security-opt".
    static func apply(_ text: String, to settings: inout ProcessSettings) throws {
        let separator = text.firstIndex { $0 == "=" || $0 == ":" } ?? text.endIndex
        let value = String(text[separator...].dropFirst())
        switch (text[..<separator], value) {
        case ("no-new-privileges", ""), ("no-new-privileges", "true"): settings.mayGainPrivileges = false
        case ("no-new-privileges", "false"): settings.mayGainPrivileges = true
        case ("seccomp", "unconfined"): settings.seccomp = .unconfined
        case ("seccomp", let path) where !path.isEmpty:
            settings.seccomp = .file(path.hasPrefix("/") ? path : try Host.currentDirectory() + "/" + path)
        default: throw LayerError(.usage, "invalid --security-opt: \"\(text)\"")
        }
    }
}
