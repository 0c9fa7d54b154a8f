package import LayerModel

/// Layers made by chance over few names, so that everything meets everything.
package struct RandomStack {
    private var generator: SeededGenerator
    /// The layers, the lowest first.
    package private(set) var layers: [[LayerEntry]] = []

    /// Makes layers that the definition accepts: where links lead nowhere, a layer goes without links.
    package init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
        var merge = TreeMerge()
        for _ in 0..<Int.random(in: 2...5, using: &generator) {
            let entries = layer(entryCount: Int.random(in: 0...12, using: &generator))
            let kinds: [Set<EntryKind>] = [[], [.hardLink], [.hardLink, .symbolicLink]]
            for left in kinds {
                let layer = entries.filter { !left.contains($0.kind) }
                var next = merge
                guard (try? next.apply(layer)) != nil else { continue }
                layers.append(layer)
                merge = next
                break
            }
        }
    }

    private mutating func layer(entryCount: Int) -> [LayerEntry] {
        var entries: [LayerEntry] = []
        for _ in 0..<entryCount {
            var entry = entry()
            if entry.kind == .hardLink {
                // Mostly to a name of the same layer: by chance alone few links would lead anywhere.
                let names = entries.filter { $0.kind == .regular && !Whiteout.isMarker($0.path.name) }.map(\.path)
                if let name = names.randomElement(using: &generator) { entry.linkedPath = pick(name, name, path()) }
            }
            entries.append(entry)
        }
        return entries
    }

    private mutating func pick<Element>(_ first: Element, _ others: Element...) -> Element {
        ([first] + others).randomElement(using: &generator) ?? first
    }

    private mutating func path() -> LayerPath {
        (0..<Int.random(in: 1...3, using: &generator)).reduce(.root) { path, _ in
            path.appending([pick(0x61, 0x62, 0x63)])
        }
    }

    private mutating func entry() -> LayerEntry {
        let attributes = FileAttributes(
            mode: pick(0o755, 0o644, 0o4711),
            uid: pick(0, 1),
            modificationTime: Timestamp(seconds: Int64.random(in: 1...1000, using: &generator))
        )
        let path = path()
        switch Int.random(in: 0..<20, using: &generator) {
        case 0..<5: return LayerEntry(path, .directory, attributes: attributes)
        case 5..<10: return LayerEntry(path, .regular, attributes: attributes, content: [pick(1, 2, 3)])
        case 10..<12:
            let target = pick("..", "a", "/b/c", "c/../a", "./b")
            return LayerEntry(path, .symbolicLink, attributes: attributes, target: Array(target.utf8))
        case 12: return LayerEntry(path, .fifo, attributes: attributes)
        case 13..<15: return LayerEntry(path, .hardLink, attributes: attributes, linkedPath: self.path())
        case 15: return LayerEntry(.root, .directory, attributes: attributes)
        case 16..<19: return marker(path, Whiteout.prefix + path.name)
        default: return marker(path, Whiteout.opaqueName)
        }
    }

    private func marker(_ path: LayerPath, _ name: [UInt8]) -> LayerEntry {
        LayerEntry((path.parent ?? .root).appending(name), .regular, attributes: FileAttributes(mode: 0o644))
    }

    /// Puts the markers of a layer to other places among its entries, which keep their order.
    package mutating func movingMarkers(of layer: [LayerEntry]) -> [LayerEntry] {
        var entries = layer.filter { !Whiteout.isMarker($0.path.name) }
        for marker in layer where Whiteout.isMarker(marker.path.name) {
            entries.insert(marker, at: Int.random(in: 0...entries.count, using: &generator))
        }
        return entries
    }
}
