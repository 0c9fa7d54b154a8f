import LayerModel
import LayerSystem

/// In which order the names of a tree are made: directories, then files in jobs for several threads, then further names of files.
struct CheckoutPlan: Sendable {
    /// A name of a file that has another one.
    struct Link: Sendable {
        /// The place of the name in the tree.
        let place: Int
        /// The place of the name that the file is made with.
        let first: Int
    }

    /// How many files are one job: a job costs some microseconds of its own.
    private static let jobFileCount = 128
    /// How many bytes are one job: the last one keeps one thread busy alone.
    private static let jobByteCount: Int64 = 8 << 20

    /// The names, a directory before what lies in it.
    let tree: [TreeChange]
    /// For each name the place of its directory; -1 for the root.
    private(set) var parents: [Int32] = []
    /// The places of the directories, in the order of the tree.
    private(set) var directories: [Int] = []
    /// The places of the files, those of one directory together.
    private(set) var files: [Int] = []
    /// The further names of files.
    private(set) var links: [Link] = []
    /// Ranges of `files`, those with the most to copy first.
    private(set) var jobs: [Range<Int>] = []

    /// Makes a plan.
    ///
    /// - Parameter tree: All names, in the order of a walk.
    init(_ tree: [TreeChange]) {
        self.tree = tree
        var childCounts = sort()
        // From counts to places: the files of a directory stand behind those of the directories before it.
        var sum = 0
        for place in childCounts.indices {
            let count = childCounts[place]
            childCounts[place] = sum
            sum += count
        }
        var ordered = [Int](repeating: 0, count: files.count)
        for file in files {
            let directory = Int(parents[file]) + 1
            ordered[childCounts[directory]] = file
            childCounts[directory] += 1
        }
        files = ordered
        cut()
    }

    /// Tells directories, files and further names apart; gives for the root and each name how many files lie in it.
    private mutating func sort() -> [Int] {
        parents.reserveCapacity(tree.count)
        files.reserveCapacity(tree.count)
        var counts = [Int](repeating: 0, count: tree.count + 1)
        var firstPlaces: [FileIdentity: Int] = [:]
        // The directory that is open at each depth.
        var open: [Int32] = [-1]
        for (place, change) in tree.enumerated() {
            open.removeLast(open.count - change.depth)
            let parent = open[change.depth - 1]
            parents.append(parent)
            if change.entryKind == .directory {
                directories.append(place)
                open.append(Int32(place))
            } else if let link = change.link, let first = firstPlaces[link] {
                links.append(Link(place: place, first: first))
            } else {
                if let link = change.link { firstPlaces[link] = place }
                files.append(place)
                counts[Int(parent) + 1] += 1
            }
        }
        return counts
    }

    private mutating func cut() {
        var large: [Range<Int>] = []
        var small: [Range<Int>] = []
        var start = 0
        var byteCount: Int64 = 0
        for (position, place) in files.enumerated() {
            byteCount += tree[place].byteCount
            guard position + 1 - start == Self.jobFileCount || byteCount >= Self.jobByteCount else { continue }
            if byteCount >= Self.jobByteCount {
                large.append(start..<(position + 1))
            } else {
                small.append(start..<(position + 1))
            }
            (start, byteCount) = (position + 1, 0)
        }
        if start < files.count { small.append(start..<files.count) }
        jobs = large + small
    }
}
