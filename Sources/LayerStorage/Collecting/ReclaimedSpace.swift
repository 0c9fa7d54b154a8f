import LayerModel
import LayerSystem

/// What goes from the disk when trees are removed: a file counts with the last of its names.
struct ReclaimedSpace {
    /// How many names of a file with several were not found yet.
    private var rests: [FileIdentity: UInt64] = [:]

    /// Counts a name and all below it; what goes meanwhile is passed over.
    ///
    /// - Parameters:
    ///   - name: One component.
    ///   - parent: Where it lies.
    /// - Returns: The bytes of files that have no further name, and how many files and directories go.
    /// - Throws: `SystemError`.
    mutating func add(
        _ name: [UInt8],
        in parent: Directory
    ) throws(SystemError) -> (byteCount: Int64, inodeCount: Int64) {
        guard let status = try parent.statusIfPresent(name) else { return (0, 0) }
        guard status.kind == .directory else { return goes(status) ? (status.byteCount, 1) : (0, 0) }
        var sum: (byteCount: Int64, inodeCount: Int64) = (0, 1)
        do throws(SystemError) {
            guard let top = try TreeMeasure.open(name, in: parent) else { return sum }
            try TreeMeasure.visit(below: top) { status in
                guard status.kind == .directory || goes(status) else { return }
                sum.inodeCount += 1
                if status.kind != .directory { sum.byteCount += status.byteCount }
            }
        } catch {
            // A directory that its owner may not read goes all the same, and is told of with what could be counted.
            guard error.isNotPermitted else { throw error }
        }
        return sum
    }

    /// Whether the name that was found is a file's last one.
    private mutating func goes(_ status: FileStatus) -> Bool {
        guard status.linkCount > 1 else { return true }
        let rest = (rests[status.identity] ?? status.linkCount) - 1
        // A name that was made meanwhile must not count below nothing.
        rests[status.identity] = max(rest, 1)
        return rest == 0
    }
}
