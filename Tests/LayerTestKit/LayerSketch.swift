package import LayerModel

/// Layers and trees in one line a name, so that a table shows what lies over what.
///
/// `d/` is a directory, `f=text` a regular file, `s->target` a symbolic link, `h=>name` a hard link, `p|` a FIFO; a bare name is an empty
/// file. A blank and an octal number at the end are the mode, where it is not 755 of a directory and 644 of others.
package enum LayerSketch {
    /// Reads the lines of a layer.
    package static func layer(_ lines: [String]) throws -> [LayerEntry] {
        try lines.map(entry)
    }

    private static func entry(_ line: String) throws -> LayerEntry {
        let words = line.split(separator: " ", maxSplits: 1)
        let text = String(words[0])
        let mode = words.count > 1 ? UInt16(words[1], radix: 8) : nil
        func path(_ name: Substring) throws -> LayerPath { try LayerPath(normalizing: Array(name.utf8)) }
        let plain = FileAttributes(mode: mode ?? 0o644)
        if let range = text.firstRange(of: "=>") {
            let linked = try path(text[range.upperBound...])
            return LayerEntry(try path(text[..<range.lowerBound]), .hardLink, attributes: plain, linkedPath: linked)
        }
        if let range = text.firstRange(of: "->") {
            let target = Array(text[range.upperBound...].utf8)
            return LayerEntry(try path(text[..<range.lowerBound]), .symbolicLink, attributes: plain, target: target)
        }
        if let equals = text.firstIndex(of: "=") {
            let content = Array(text[text.index(after: equals)...].utf8)
            return LayerEntry(try path(text[..<equals]), .regular, attributes: plain, content: content)
        }
        if text.hasSuffix("|") { return LayerEntry(try path(text.dropLast()), .fifo, attributes: plain) }
        guard text.hasSuffix("/") else { return LayerEntry(try path(text[...]), .regular, attributes: plain) }
        return LayerEntry(try path(text[...]), .directory, attributes: FileAttributes(mode: mode ?? 0o755))
    }

    /// Merges sketched layers, the lowest first.
    package static func merge(_ layers: [[String]]) throws -> TreeMerge {
        var merge = TreeMerge()
        for lines in layers { try merge.apply(layer(lines)) }
        return merge
    }

    /// Sketches a tree: its names in order, the second and later names of an inode as links to the first.
    package static func lines(of merge: TreeMerge) -> [String] {
        var firstNames: [Int: LayerPath] = [:]
        return merge.nodes.sorted { $0.key < $1.key }.map { path, node in
            let name = String(path.description.dropFirst())
            let isDirectory = node.kind == .directory
            let mode =
                node.attributes.mode == (isDirectory ? 0o755 : 0o644)
                ? "" : " " + String(node.attributes.mode, radix: 8)
            if let first = firstNames[node.inode] { return name + "=>" + first.description.dropFirst() + mode }
            firstNames[node.inode] = path
            let content = String(decoding: node.content, as: UTF8.self)
            switch node.kind {
            case .directory: return name + "/" + mode
            case .symbolicLink: return name + "->" + String(decoding: node.target, as: UTF8.self) + mode
            case .fifo: return name + "|" + mode
            default: return content.isEmpty ? name + mode : name + "=" + content + mode
            }
        }
    }
}
