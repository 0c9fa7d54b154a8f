package import LayerModel

extension LowerStack {
    /// Goes through the merged tree, a directory before what lies in it, siblings by the bytes of their names.
    ///
    /// - Parameter body: Gets each name; not the root.
    package func forEachEntry(_ body: (LayerPath, Entry) -> Void) { visit(root, .root, body) }

    private func visit(_ directory: MergedDirectory, _ path: LayerPath, _ body: (LayerPath, Entry) -> Void) {
        var cursor = LowerCursor(self, in: directory)
        while let (name, entry) = cursor.next() {
            let path = path.appending(name)
            body(path, entry)
            if let below = entry.directory { visit(below, path, body) }
        }
    }

    /// The names in a directory of the merged tree, with what stands there.
    ///
    /// - Parameter directory: The directory.
    /// - Returns: The names by their bytes.
    package func names(in directory: MergedDirectory) -> [(name: [UInt8], entry: Entry)] {
        var names: [(name: [UInt8], entry: Entry)] = []
        var cursor = LowerCursor(self, in: directory)
        while let next = cursor.next() { names.append(next) }
        return names
    }
}
