import ImageSpec
import LayerModel
import LayerSystem

/// Finds and reads the filter of system calls of a process.
enum SeccompFile {
    /// Where distributions put theirs.
    ///
    /// Source: containers-common(5), `seccomp.json`.
    private static let places = ["/etc/containers/seccomp.json", "/usr/share/containers/seccomp.json"]
    private static let byteLimit = 4 << 20

    /// The filter.
    ///
    /// - Parameters:
    ///   - choice: What the user wants.
    ///   - capabilities: What the process can get.
    /// - Returns: The filter as the runtime takes it; nil for none.
    /// - Throws: `LayerError` for a file that cannot be read, or is none.
    static func filter(_ choice: SeccompChoice, capabilities: [String]) throws -> JSONObject? {
        switch choice {
        case .unconfined: return nil
        case .file(let path): return try read(path, capabilities)
        case .usual:
            guard let path = places.first(where: { HostFile.read($0) != nil }) else { return nil }
            return try read(path, capabilities)
        }
    }

    private static func read(_ path: String, _ capabilities: [String]) throws -> JSONObject {
        let kernel = Host.kernelVersion
        let filter = SeccompFilter(
            architecture: Host.architecture,
            capabilities: capabilities,
            kernel: (kernel.major, kernel.minor)
        )
        let shown = EscapedText.name(path.utf8)
        do {
            let bytes = try File.openForReading(path: path).readAll(byteLimit: byteLimit)
            guard let profile = try JSONValue(parsing: bytes).objectValue else {
                throw ProcessSettingsError("it is no JSON object")
            }
            return try filter.filter(profile)
        } catch let error as SystemError {
            throw LayerError.wrapping(error)
        } catch {
            throw LayerError(.failure, "seccomp profile \(shown): \(error)", cause: error)
        }
    }
}
