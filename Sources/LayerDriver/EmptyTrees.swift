internal import LayerModel
internal import LayerSystem

/// Empty directories to be used as lower ones, which nobody else can put anything into.
///
/// They lie on a small tmpfs that covers the target as long as the overlay is being made: overlayfs takes only directories that stand
/// somewhere, but holds by itself those that it has.
struct EmptyTrees: Sendable {
    /// The directories.
    let trees: [Directory]
    /// One more, to mount on.
    let place: Directory
    private let root: Directory

    /// Makes the directories.
    ///
    /// - Parameters:
    ///   - count: How many.
    ///   - target: The directory that they cover.
    /// - Throws: `SystemError`.
    init(count: Int, on target: Directory) throws(SystemError) {
        let context = try FileSystemContext(type: "tmpfs")
        try context.set("size", "4096")
        try context.set("mode", "0755")
        let mount = try context.mount([.noDevices, .noSetUserID])
        try mount.attach(to: target)
        root = mount.root
        do throws(SystemError) {
            trees = try Self.makeTrees(count, in: root)
            try root.makeDirectory("place")
            place = try root.open("place")
        } catch {
            try? Mount.detach(root)  // reason: the error that is told is the first one
            throw error
        }
    }

    /// The root of what is mounted on `place`.
    func mountedPlace() throws(SystemError) -> Directory {
        try root.open("place")
    }

    /// Uncovers the target; the directories stay where they are used.
    func remove() throws(SystemError) {
        try Mount.detach(root)
    }

    private static func makeTrees(_ count: Int, in root: Directory) throws(SystemError) -> [Directory] {
        var trees: [Directory] = []
        for number in 0..<count {
            try root.makeDirectory(String(number), mode: 0o755)
            trees.append(try root.open(String(number)))
        }
        return trees
    }
}
