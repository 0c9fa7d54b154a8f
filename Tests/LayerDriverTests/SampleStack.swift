import Foundation
import LayerSystem
import LayerTestKit

@testable import LayerDriver

/// Trees of layers and a container's directories, in a directory of a test.
struct SampleStack: Sendable {
    /// The directory that all lies in.
    let path: String
    /// The trees, lowest first.
    let trees: [LowerTree]

    /// Makes trees of which number N holds the files `own-N`, and `shared` with the text N.
    ///
    /// - Parameters:
    ///   - path: An empty directory.
    ///   - layerCount: How many trees.
    ///   - usesUserAttributes: Where the trees keep overlayfs' marks.
    /// - Throws: What making files meets.
    init(_ path: String, layerCount: Int, usesUserAttributes: Bool) throws {
        self.path = path
        for name in ["upper", "work", "merged"] { try Self.makeDirectory("\(path)/\(name)") }
        var trees: [LowerTree] = []
        for number in 0..<layerCount {
            let tree = "\(path)/\(number)"
            try Self.makeDirectory(tree)
            try Self.makeDirectory("\(tree)/common")
            try TestFile.write(Array("\(number)".utf8), to: "\(tree)/own-\(number)")
            try TestFile.write(Array("\(number)".utf8), to: "\(tree)/common/shared")
            trees.append(LowerTree(path: Array(tree.utf8), usesUserAttributes: usesUserAttributes))
        }
        self.trees = trees
    }

    var merged: String { path + "/merged" }
    var upper: String { path + "/upper" }

    /// A plan to show the trees.
    func plan(_ kind: DriverKind, isReadOnly: Bool = false) throws -> MountPlan {
        let writable = UpperTree(upper: Array("\(path)/upper".utf8), work: Array("\(path)/work".utf8))
        return try MountPlan(
            kind: kind,
            layers: trees,
            writable: isReadOnly ? nil : writable,
            target: Array(merged.utf8),
            isExposed: true
        )
    }

    /// What is wrong with the merged directory, seen by a path; nothing when it shows all layers.
    func faults(seenAt place: String) throws -> [String] {
        let names = try TestFile.list(place)
        let expected = (["common"] + trees.indices.map { "own-\($0)" }).sorted()
        var faults = names == expected ? [] : ["names: \(names.count) of \(expected.count)"]
        let shared = String(decoding: try TestFile.read(place + "/common/shared"), as: UTF8.self)
        if shared != "\(trees.count - 1)" { faults.append("shared: \(shared)") }
        return faults
    }

    private static func makeDirectory(_ path: String) throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }
}
