import LayerModel
import LayerTree

extension TreeInquiry {
    /// Lists how one tree differs from another, as `docker diff` lists changes; what else is compared says `TreeComparison`.
    ///
    /// - Parameters:
    ///   - arguments: The tree that was first, and the other; or one alone: a container, which is compared with its image, or a layer, which
    ///     is compared with what lies below it. Beside another tree a layer stands for what it brings itself.
    ///   - ignoresTimes: Whether another time alone is no change.
    /// - Returns: The changes in the order of the bytes of their paths.
    /// - Throws: `LayerError`: `usage` for one argument that nothing lies below; `notFound`; `corrupt`.
    public func changes(
        between arguments: [String],
        ignoresTimes: Bool = false
    ) throws(LayerError) -> [ContainerChange] {
        try LayerError.catching {
            if arguments.count == 1, !ignoresTimes, try isContainer(arguments[0]) {
                // What it has written is known without reading all of it.
                return try images.changes(of: arguments[0])
            }
            let pair = try ComparedTrees(
                arguments,
                LayerPool(store, platform: platform, limits: limits, readsContent: true)
            )
            defer { withExtendedLifetime(pair) {} }
            let (roots, stack) = (pair.trees.roots, pair.trees.stack)
            return ContainerChange.list(
                TreeComparison.changes(from: roots[0], to: roots[1], in: stack, ignoresTimes: ignoresTimes)
            )
        }
    }

    /// Reads one regular file as both trees have it.
    ///
    /// - Parameters:
    ///   - path: An absolute path; links on the way are not followed.
    ///   - arguments: As for `changes(between:ignoresTimes:)`.
    ///   - byteLimit: The most bytes that a file may have.
    /// - Returns: The contents; nil where a tree does not have the file.
    /// - Throws: `LayerError`: `notFound` where neither tree has it, `failure` for anything but a regular file and for a longer one.
    public func contents(
        of path: [UInt8],
        between arguments: [String],
        byteLimit: Int
    ) throws(LayerError) -> (former: [UInt8]?, current: [UInt8]?) {
        try LayerError.catching {
            let pair = try ComparedTrees(
                arguments,
                LayerPool(store, platform: platform, limits: limits, readsContent: false)
            )
            defer { withExtendedLifetime(pair) {} }
            let found = try pair.trees.roots.map { root in
                try pair.trees.content(of: Self.layerPath(path), below: root, byteLimit: byteLimit)
            }
            if found.allSatisfy({ $0 == nil }) { throw TreeAccessError(.notFound, path) }
            return (found[0], found[1])
        }
    }

    private func isContainer(_ argument: String) throws -> Bool {
        if case .container = try AskedArgument(argument, in: store).subject { return true }
        return false
    }

    static func layerPath(_ path: [UInt8]) throws(LayerError) -> LayerPath {
        do throws(LayerPathError) {
            return try LayerPath(normalizing: path)
        } catch {
            throw LayerError(.usage, "\(EscapedText.quoted(path)): not a path in an image", cause: error)
        }
    }
}
