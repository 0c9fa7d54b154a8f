import LayerModel

/// What `diff` must list between two trees: contract 3.3, from what is seen alone.
enum ExpectedChanges {
    /// Lists additions, changes and deletions, in the order of the bytes of the paths.
    static func list(from before: ShownTree, to after: ShownTree) -> [String] {
        var kinds: [String: Character] = [:]
        for path in Set(before.keys).union(after.keys) {
            guard let kind = kind(before[path], after[path]) else { continue }
            // What lay in a directory that has gone itself is not listed.
            if kind == "D", !isDirectory(EditedPath(path).parent, after) { continue }
            kinds[path] = kind
        }
        for path in kinds.keys {
            var parent = EditedPath(path).parent
            while !parent.isEmpty {
                if kinds[parent] == nil { kinds[parent] = "C" }
                parent = EditedPath(parent).parent
            }
        }
        return kinds.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { "\($0.value) /\($0.key)" }
    }

    private static func kind(_ before: ShownFile?, _ after: ShownFile?) -> Character? {
        guard var before else { return after == nil ? nil : "A" }
        guard let after else { return "D" }
        // Which names are one file is no change of any of them.
        before.firstName = after.firstName
        return before == after ? nil : "C"
    }

    private static func isDirectory(_ path: String, _ tree: ShownTree) -> Bool {
        path.isEmpty || tree[path]?.kind == "\(EntryKind.directory)"
    }
}
