/// The cases that have a name: what containerd and moby ask of theirs.
enum NamedCase: CaseIterable, Hashable {
    case basic, transitivity, update, removeDirectory, chown, directoryModes, deleted, moved, movedSpecialFiles, renamed
    case manyLayers
    case empty, base, deep, tenFiles, changes, echo

    /// Whether a driver can do it.
    ///
    /// fuse-overlayfs refuses to show an image that has no layers, copies a FIFO up as an empty file and a symbolic link without its time.
    func applies(to driver: DriverUnderTest) -> Bool {
        switch self {
        case .chown: driver.privilege == .root || driver.privilege == .ranges
        case .movedSpecialFiles, .empty: driver.kind != .fuse
        default: true
        }
    }

    /// The case.
    func value() throws -> ConformanceCase {
        let (layers, containers) = snapshotterParts ?? graphParts
        return try ConformanceCase("\(self)", layers, containers: containers)
    }

    /// Layers in the form of `LayerSketch`, and the edits of each container.
    typealias Parts = (layers: [[String]], containers: [[ContainerEdit]])

    private static let tree = ["etc/", "etc/a=one", "etc/b=two", "d/", "d/deep/", "d/deep/x=3", "l->etc/a", "p|"]

    private var snapshotterParts: Parts? {
        switch self {
        case .basic:
            let first: [ContainerEdit] = [
                .write("foo", [1]), .makeDirectory("a"), .makeDirectory("a/b"), .write("a/b/c", [2]),
            ]
            return ([["base"]], [first, [.write("bar", [3]), .remove("foo")], []])
        case .transitivity:
            return (
                [Self.tree],
                [
                    [.write("one", []), .write("etc/a", [1])], [.write("two", []), .write("etc/a", [2])],
                    [.remove("one"), .append("etc/a", [3])],
                ]
            )
        case .update: return ([["etc/", "etc/a=v-x"]], (0..<5).map { [.write("etc/a", Array("v-\($0)".utf8))] })
        case .removeDirectory:
            return ([Self.tree], [[.remove("d"), .makeDirectory("d"), .write("d/new", [1])], [.write("d/deep", [2])]])
        case .chown:
            return (
                [Self.tree],
                [
                    [.setOwner("etc/a", uid: 1, gid: 2), .setOwner("d", uid: 3, gid: 3)],
                    [.setOwner("etc/a", uid: 2, gid: 2)],
                ]
            )
        case .directoryModes:
            let modes: [ContainerEdit] = [
                .setMode("d", 0o700), .makeDirectory("t"), .setMode("t", 0o1777), .makeDirectory("t/s"),
                .setMode("t/s", 0o711),
            ]
            return ([Self.tree], [modes, [.write("t/s/f", [])]])
        case .deleted:
            let all: [ContainerEdit] = [.remove("etc/a"), .remove("d/deep"), .remove("p"), .remove("l")]
            return ([Self.tree, ["etc/c=3"]], [all, [.remove("etc/c")], [.write("etc/a", [9])]])
        case .moved:
            return ([Self.tree], [[.move("etc/a", to: "d/a"), .move("etc/b", to: "b")], [.move("d/a", to: "etc/a")]])
        case .movedSpecialFiles: return ([Self.tree], [[.move("l", to: "etc/l"), .move("p", to: "q")]])
        case .renamed:
            let renames: [ContainerEdit] = [
                .move("etc/a", to: "etc/b"), .move("d", to: "e"), .makeDirectory("n"), .write("n/f", [1]),
                .move("n", to: "d"),
            ]
            return ([Self.tree], [renames, [.move("e/deep", to: "deep")]])
        case .manyLayers:
            let layers = (0..<128).map { ["own-\($0)=\($0)", "d/", "d/shared=\($0)"] }
            return (layers, [[.append("d/shared", [1]), .remove("own-0"), .write("own-1", [])]])
        default: return nil
        }
    }
}
