package import LayerModel

/// Layers made by chance over few names, so that everything meets everything.
package struct RandomLayers {
    private var generator: SeededGenerator

    /// Begins.
    ///
    /// - Parameter seed: What decides.
    package init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
    }

    /// Makes a stack of one to four layers, which may make no sense.
    ///
    /// - Returns: The entries of each layer, the lowest first.
    package mutating func stack() -> [[LayerEntry]] {
        (0..<Int.random(in: 1...4, using: &generator)).map { _ in
            (0..<Int.random(in: 0...9, using: &generator)).map { _ in entry() }
        }
    }

    private mutating func path(_ limit: Int = 3) -> LayerPath {
        var path = LayerPath.root
        for _ in 0..<Int.random(in: 1...limit, using: &generator) {
            path = path.appending([["a", "b", "c"].randomElement(using: &generator)?.utf8.first ?? 97])
        }
        return path
    }

    private mutating func entry() -> LayerEntry {
        let attributes = FileAttributes(
            mode: [0o755, 0o644, 0o4711, 0o1777].randomElement(using: &generator) ?? 0o755,
            uid: UInt32.random(in: 0...2, using: &generator),
            gid: UInt32.random(in: 0...2, using: &generator),
            modificationTime: Timestamp(seconds: Int64.random(in: 1...1000, using: &generator))
        )
        let path = path()
        switch Int.random(in: 0..<20, using: &generator) {
        case 0..<6: return LayerEntry(path, .directory, attributes: attributes)
        case 6..<11: return LayerEntry(path, .regular, attributes: attributes, content: content())
        case 11..<13:
            let isAbsolute = Bool.random(using: &generator)
            let parts = ["..", "a", "b/c", "c/../a", "a/b"]
            let target = (isAbsolute ? "/" : "") + (parts.randomElement(using: &generator) ?? "a")
            return LayerEntry(path, .symbolicLink, attributes: attributes, target: Array(target.utf8))
        case 13: return LayerEntry(path, .fifo, attributes: attributes)
        case 14..<16: return LayerEntry(path, .hardLink, attributes: attributes, linkedPath: self.path())
        case 16..<19: return marker(path, Whiteout.prefix + path.name)
        default: return marker(path, Whiteout.opaqueName)
        }
    }

    private func marker(_ path: LayerPath, _ name: [UInt8]) -> LayerEntry {
        LayerEntry((path.parent ?? .root).appending(name), .regular, attributes: FileAttributes(mode: 0o644))
    }

    private mutating func content() -> [UInt8] {
        (0..<Int.random(in: 0...700, using: &generator)).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }
}
