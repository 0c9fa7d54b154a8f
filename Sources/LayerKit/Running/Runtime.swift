import LayerModel
import LayerSystem

/// An OCI runtime of this machine, and how it is called.
struct Runtime {
    /// The program.
    let path: String
    /// Whether control groups are made.
    let hasControlGroups: Bool
    private let isCrun: Bool

    /// Finds the one that the user names, or one that works here.
    ///
    /// - Parameters:
    ///   - name: A path or a name; nil for `LAYERCTL_RUNTIME`, or else crun, or runc.
    ///   - isRoot: Whether it is going to be root of the host.
    /// - Throws: `LayerError` of code `notFound`.
    init(_ name: String?, isRoot: Bool) throws {
        let wanted = name ?? Host.environment("LAYERCTL_RUNTIME").flatMap { $0.isEmpty ? nil : $0 }
        let names = wanted.map { [$0] } ?? (Self.isMixed ? ["runc", "crun"] : ["crun", "runc"])
        guard let path = names.lazy.compactMap(Self.find).first else {
            let shown = names.joined(separator: " nor ")
            throw LayerError(.notFound, "no OCI runtime: there is no \(shown); install one, or name one by --runtime")
        }
        self.path = path
        isCrun = path.split(separator: "/").last?.contains("crun") ?? false
        hasControlGroups = isRoot
    }

    /// Where crun refuses to work: both versions of control groups at once.
    private static var isMixed: Bool { HostFile.read("/sys/fs/cgroup/unified/cgroup.procs") != nil }

    private static func find(_ name: String) -> String? {
        if name.contains("/") { return name }
        return HostFile.findProgram(name)
            ?? ["/usr/sbin", "/usr/local/sbin", "/sbin"].map { "\($0)/\(name)" }.first(where: HostFile.isProgram)
    }

    /// The program's name.
    var name: String { path.split(separator: "/").last.map(String.init) ?? path }

    /// The words of a call.
    ///
    /// - Parameters:
    ///   - verb: What it is to do, with its options and arguments.
    ///   - place: Where its state lies.
    /// - Returns: The words behind the program's name.
    func arguments(_ verb: [String], in place: RunDirectory) -> [[UInt8]] {
        var words = ["--root", place.statePath]
        if isCrun { words.append("--cgroup-manager=" + (hasControlGroups ? "cgroupfs" : "disabled")) }
        return (words + verb).map { Array($0.utf8) }
    }
}
