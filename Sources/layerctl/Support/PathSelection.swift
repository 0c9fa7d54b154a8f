/// Which paths a command is about, by globs.
struct PathSelection: Sendable {
    private let included: [Pattern]
    private let excluded: [Pattern]

    /// Takes globs; nil when there are none.
    init?(include: [String], exclude: [String]) {
        guard !(include.isEmpty && exclude.isEmpty) else { return nil }
        included = include.map(Pattern.init)
        excluded = exclude.map(Pattern.init)
    }

    /// Whether a path is selected.
    ///
    /// - Parameter path: An absolute path.
    /// - Returns: True when it is wanted.
    func contains(_ path: [UInt8]) -> Bool {
        (included.isEmpty || included.contains { $0.matches(path) }) && !excluded.contains { $0.matches(path) }
    }

    /// A glob without a slash is for single components, one with a slash for paths from the root.
    private struct Pattern {
        let glob: GlobPattern
        let isForComponents: Bool

        init(_ text: String) {
            isForComponents = !text.contains("/")
            glob = GlobPattern(isForComponents ? text : String(text.drop { $0 == "/" }))
        }

        func matches(_ path: [UInt8]) -> Bool {
            let components = path.split(separator: UInt8(ascii: "/"))
            if isForComponents { return components.contains { glob.matches(bytes: $0) } }
            return components.indices.contains { last in
                glob.matches(bytes: Array(components[...last].joined(separator: [UInt8(ascii: "/")]))[...])
            }
        }
    }
}
