import LayerSystem

/// Parts of volumes and images that a run shows in its container, each mounted in a directory of the run's own.
///
/// A runtime takes a path and follows it later: what lies in a volume could be made to lead it anywhere meanwhile. So a part is found once,
/// held open, and mounted where nobody else can write; the runtime gets that place.
struct RunParts {
    /// The directory of the parts, in that of the run.
    static let name = "parts"

    private let path: String

    /// The parts of a run.
    init(of run: RunDirectory) {
        path = run.path
    }

    /// Shows a part.
    ///
    /// - Parameters:
    ///   - subpath: The part's path; nothing that lies in the whole leads out of it.
    ///   - path: What it is a part of, on the host.
    /// - Returns: The path that shows the part, and nothing else, until the run ends.
    /// - Throws: `SystemError`.
    func show(_ subpath: String, of path: String) throws -> String {
        let part = try Directory(path: path).openInRoot(subpath)
        // By its path: what was opened before this process entered a namespace is of another one, where nothing can be mounted.
        let parts = try Directory(path: self.path).openOrMakeDirectory(Self.name)
        let name = String(try parts.list().count)
        try parts.makeDirectory(name)
        do throws(SystemError) {
            try DetachedMount(copying: part).attach(to: parts.open(name))
        } catch {
            guard error.isNotSupported else { throw error }
            // Before Linux 5.2 a runtime has to look for itself.
            return String(decoding: try part.hostPath(), as: UTF8.self)
        }
        return "\(self.path)/\(Self.name)/\(name)"
    }

    /// Takes away what is shown, also by a run that was cut off.
    ///
    /// - Throws: `SystemError`.
    func end() throws {
        let run = try Directory(path: path)
        guard try run.statusIfPresent(Self.name) != nil else { return }
        let parts = try run.open(Self.name)
        for name in try parts.list() {
            let place = Array("\(path)/\(Self.name)/".utf8) + name
            // reason: a part that was not mounted yet when a run was cut off, or went with its namespace, is a directory only
            try? Mount.unmount(place, isLazy: true)
            try parts.removeDirectory(name)
        }
        try run.removeDirectory(Self.name)
    }
}
