package import LayerModel

/// Where names of one tar lead, read in its order: through the symbolic links of the same tar, below the root (hazards, row 12).
package struct LayerNames {
    /// Source: `man 7 path_resolution`, the kernel's limit.
    private static let hopLimit = 40

    private var links: [LayerPath: [UInt8]] = [:]

    /// Begins before the first entry.
    package init() {}

    /// Where a name leads; its last component is not followed.
    ///
    /// - Parameter path: The name.
    /// - Returns: The path.
    package func resolve(_ path: LayerPath) -> LayerPath {
        guard !links.isEmpty, let parent = path.parent else { return path }
        var pending = Array(parent.components.map { Array($0) }.reversed())
        var reached = LayerPath.root
        var hops = 0
        while let component = pending.popLast() {
            if component.isEmpty || component == Array(".".utf8) { continue }
            if component == Array("..".utf8) {
                reached = reached.parent ?? .root
                continue
            }
            let next = reached.appending(component)
            guard let target = links[next], hops < Self.hopLimit else {
                reached = next
                continue
            }
            hops += 1
            if target.first == UInt8(ascii: "/") { reached = .root }
            pending += target.split(separator: UInt8(ascii: "/")).map { Array($0) }.reversed()
        }
        return reached.appending(path.name)
    }

    /// Takes note of an entry.
    ///
    /// - Parameters:
    ///   - path: Where its name leads.
    ///   - target: The target of a symbolic link; nil for all else.
    package mutating func note(_ path: LayerPath, target: [UInt8]?) {
        if target != nil || !links.isEmpty { links[path] = target }
    }
}
