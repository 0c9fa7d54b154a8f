import LayerModel
package import LayerSystem

/// What a directory holds, as Docker counts it.
///
/// Source: moby `pkg/directory`, `Size`.
package struct TreeMeasure: Hashable, Sendable {
    /// What the files hold, in bytes: each once, directories not at all.
    package private(set) var byteCount: Int64 = 0
    /// How many files and directories there are, each once, without the top.
    package private(set) var inodeCount: Int64 = 0

    /// Walks with one directory open at a time, whatever the tree's depth and width; what goes meanwhile is passed over.
    ///
    /// - Parameter top: The directory.
    /// - Throws: `SystemError`.
    /// - Complexity: O(n) in the number of names.
    package init(below top: Directory) throws(SystemError) {
        var seen: Set<FileIdentity> = []
        try Self.visit(below: top) { status in
            if status.kind == .directory {
                inodeCount += 1
            } else if status.linkCount == 1 || seen.insert(status.identity).inserted {
                inodeCount += 1
                byteCount += status.byteCount
            }
        }
    }

    /// Walks a tree as `init(below:)` does.
    ///
    /// - Parameters:
    ///   - top: The directory.
    ///   - body: Gets the status of each name below it.
    /// - Throws: `SystemError`.
    static func visit(below top: Directory, _ body: (FileStatus) -> Void) throws(SystemError) {
        var waiting: [[UInt8]] = [[]]
        while let path = waiting.popLast() {
            guard let directory = try open(path, in: top) else { continue }
            let reader = try directory.reader()
            while try reader.next() {
                let name = Array(reader.name)
                guard let status = try directory.statusIfPresent(name) else { continue }
                if status.kind == .directory {
                    waiting.append(path.isEmpty ? name : path + [UInt8(ascii: "/")] + name)
                }
                body(status)
            }
        }
    }

    /// Opens a directory below another one; nil when it has gone.
    static func open(_ path: [UInt8], in top: Directory) throws(SystemError) -> Directory? {
        var directory = top
        for name in path.split(separator: UInt8(ascii: "/")) {
            do throws(SystemError) {
                directory = try directory.open(name)
            } catch {
                guard error.isNotFound || error.isNotDirectory else { throw error }
                return nil
            }
        }
        return directory
    }
}
