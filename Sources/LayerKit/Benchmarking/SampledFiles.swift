import LayerModel
import LayerSystem

/// The files of a mounted tree that are changed, removed and read in a benchmark: the same in every tree of one image.
struct SampledFiles: Sendable {
    /// How many small files are changed, and how many are removed, at most.
    private static let smallCount = 256
    /// The largest file that is a small one, in bytes.
    private static let smallByteLimit: Int64 = 4096
    /// The size that the small files are nearest to, in bytes.
    private static let smallByteCount: Int64 = 1024

    /// The paths of small files that are changed.
    private(set) var changed: [[UInt8]] = []
    /// The paths of small files that are removed.
    private(set) var removed: [[UInt8]] = []
    /// The path of the largest file and its length in bytes; nil where there is none.
    private(set) var largest: (path: [UInt8], byteCount: Int64)?
    /// How many names the tree has.
    private(set) var nameCount: Int64 = 0

    private var small: [(path: [UInt8], byteCount: Int64)] = []

    /// No files, before the tree was looked at.
    init() {}

    /// Looks through a tree.
    ///
    /// - Parameter root: Its root.
    /// - Throws: `SystemError`.
    init(in root: Directory) throws(SystemError) {
        try visit(root, [])
        small.sort { first, second in
            let distances = [first, second].map { abs($0.byteCount - Self.smallByteCount) }
            guard distances[0] == distances[1] else { return distances[0] < distances[1] }
            return first.path.lexicographicallyPrecedes(second.path)
        }
        // Every second one, so that both kinds lie in the same directories.
        for (place, file) in small.prefix(2 * Self.smallCount).enumerated() {
            if place.isMultiple(of: 2) { changed.append(file.path) } else { removed.append(file.path) }
        }
        small = []
    }

    private mutating func visit(_ directory: Directory, _ path: [UInt8]) throws(SystemError) {
        let isWritable = try directory.status().mode & 0o300 == 0o300
        for name in try directory.list() {
            nameCount += 1
            let status = try directory.status(name)
            let place = path.isEmpty ? name : path + [UInt8(ascii: "/")] + name
            if status.kind == .directory {
                do throws(SystemError) {
                    let below = try directory.open(name)
                    try visit(below, place)
                } catch {
                    // A directory that even its owner may not look into: no measurement of an ordinary user does.
                    guard error.isNotPermitted else { throw error }
                }
            } else if status.kind == .regular {
                take(place, status, isWritable: isWritable)
            }
        }
    }

    private mutating func take(_ path: [UInt8], _ status: FileStatus, isWritable: Bool) {
        // A file of several names would be changed under all of them, and one that nobody may write under none.
        guard status.linkCount == 1, status.byteCount > 0, status.mode & 0o600 == 0o600 else { return }
        if status.byteCount > (largest?.byteCount ?? 0) { largest = (path, status.byteCount) }
        guard isWritable, status.byteCount <= Self.smallByteLimit else { return }
        small.append((path, status.byteCount))
    }
}
