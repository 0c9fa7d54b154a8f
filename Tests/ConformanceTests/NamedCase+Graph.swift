extension NamedCase {
    /// The parts of what moby and containers/storage ask of their graph drivers.
    var graphParts: Parts {
        switch self {
        case .empty: return ([], [[], []])
        case .base:
            let edits: [ContainerEdit] = [
                .makeDirectory("a-subdir"), .setMode("a-subdir", 0o1705), .write("a-file", [1]),
                .setMode("a-file", 0o4644),
            ]
            return ([["base"]], [edits, []])
        case .deep:
            let containers = (0..<10).map { number in
                [ContainerEdit.write("own-\(number)", [1]), .write("shared", Array("layer \(number)".utf8))]
            }
            return ([["base"]], containers)
        case .tenFiles:
            let base = (0..<10).map { "file-\($0)=\(String(repeating: "x", count: 64 + $0))" }
            let edits = (0..<10).map { ContainerEdit.write("file-\($0)", [UInt8](repeating: 7, count: 64 + $0)) }
            return ([base], [edits + [.remove("file-5")], []])
        case .changes:
            var edits: [ContainerEdit] = (10..<15).map { .append("file-\($0)", [1]) }
            edits += (0..<5).map { .remove("file-\($0)") } + (20..<25).map { .write("file-\($0)", [2]) }
            return ([(0..<20).map { "file-\($0)=\($0)" }], [edits])
        default: return Self.echoParts
        }
    }

    /// For each of ten depths the directories above and at it, the uppermost first.
    static let echoPaths: [[String]] = (0..<10).map { depth in
        (0...depth).map { level in (0...level).map { "dir-\($0 == 0 ? depth : $0)" }.joined(separator: "/") }
    }

    /// At each depth a directory is removed; made again with another file; removed and made again at once.
    private static var echoParts: Parts {
        var layer: [String] = []
        var containers: [[ContainerEdit]] = [[], [], []]
        for paths in echoPaths {
            let path = paths[paths.count - 1]
            layer += paths.map { $0 + "/" } + ["\(path)/deleted=1"]
            containers[0] += [.remove(path)]
            containers[1] += [.makeDirectory(path), .write("\(path)/made", [1])]
            containers[2] += [.remove(path), .makeDirectory(path)]
        }
        return ([layer], containers)
    }
}
