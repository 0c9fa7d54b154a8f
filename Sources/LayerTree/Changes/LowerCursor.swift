import LayerModel

/// Goes through the names of a merged directory in the order of their bytes.
struct LowerCursor {
    private let stack: LowerStack
    /// Of each part the directory's layer, where its next name stands, and where its names end.
    private var parts: [Part] = []

    private struct Part {
        let layer: Int
        var position: Int
        let end: Int
    }

    /// Starts before the first name.
    init(_ stack: LowerStack, in directory: LowerStack.MergedDirectory) {
        self.stack = stack
        for reference in directory.parts {
            parts.append(Part(layer: reference.layer, position: reference.ordinal + 1, end: stack.node(reference).end))
        }
    }

    /// Moves behind a name.
    ///
    /// - Parameter name: A name behind all that were asked for before.
    /// - Returns: What the merged directory has there; nil for nothing.
    mutating func seek(_ name: UnsafeBufferPointer<UInt8>) -> LowerStack.Entry? {
        stack.merge(take(name))
    }

    /// Moves to the next name that any of the parts has, also where it is hidden or a whiteout.
    ///
    /// - Returns: The name and the nodes that stand there, in the order of the parts; nil at the end.
    mutating func nextNodes() -> (name: [UInt8], nodes: [LowerStack.Reference])? {
        guard let name = nextName() else { return nil }
        return (name, name.withUnsafeBufferPointer { take($0) })
    }

    /// Moves behind a name and gives the nodes that stand there.
    private mutating func take(_ name: UnsafeBufferPointer<UInt8>) -> [LowerStack.Reference] {
        var found: [LowerStack.Reference] = []
        for place in parts.indices {
            while parts[place].position < parts[place].end {
                let order = compare(parts[place], with: name)
                if order > 0 { break }
                if order == 0 {
                    found.append(LowerStack.Reference(layer: parts[place].layer, ordinal: parts[place].position))
                }
                advance(place)
                if order == 0 { break }
            }
        }
        return found
    }

    /// Moves to the next name that the merged directory has.
    ///
    /// - Returns: The name and what stands there; nil at the end.
    mutating func next() -> (name: [UInt8], entry: LowerStack.Entry)? {
        while let name = nextName() {
            if let entry = name.withUnsafeBufferPointer({ seek($0) }) { return (name, entry) }
        }
        return nil
    }

    /// The least of the names that the parts stand at.
    private func nextName() -> [UInt8]? {
        var least: ArraySlice<UInt8>?
        for part in parts where part.position < part.end {
            let name = name(part)
            if least.map({ name.lexicographicallyPrecedes($0) }) ?? true { least = name }
        }
        return least.map { Array($0) }
    }

    private func name(_ part: Part) -> ArraySlice<UInt8> {
        let index = stack.layers[part.layer].index
        return index.name(of: index.nodes[part.position])
    }

    private mutating func advance(_ place: Int) {
        let part = parts[place]
        parts[place].position = stack.layers[part.layer].index.nodes[part.position].end
    }

    private func compare(_ part: Part, with name: UnsafeBufferPointer<UInt8>) -> Int {
        self.name(part).withUnsafeBufferPointer { own in
            for index in 0..<min(own.count, name.count) where own[index] != name[index] {
                return own[index] < name[index] ? -1 : 1
            }
            return own.count == name.count ? 0 : own.count < name.count ? -1 : 1
        }
    }
}
