package import LayerModel
import LayerSystem

/// What a read-write layer changes, a directory before what lies in it, siblings in the order of their bytes.
package struct ChangeSet: Sendable {
    /// A name that could not be looked at.
    package struct Problem: Hashable, Sendable {
        /// The name.
        package let path: LayerPath
        /// Why not.
        package let reason: String
    }

    /// The changes, those included that only a commit needs.
    package internal(set) var changes: [TreeChange] = []
    /// The names that could not be read: what lies there is not known.
    package internal(set) var problems: [Problem] = []

    /// Whether nothing of a checkout has changed since it was made.
    package internal(set) var isUntouched = true

    /// Whether the read-write layer says nothing that the layers below do not.
    package var isEmpty: Bool { changes.isEmpty }

    /// Drops what is there for the sake of others that turned out not to be there: parents without a change below them, and names of
    /// files of which no name changed.
    mutating func prune() {
        var changedFiles: Set<FileIdentity> = []
        for change in changes where !change.isOnlyLink && !change.isOnlyParent {
            if let link = change.link { changedFiles.insert(link) }
        }
        var isKept = [Bool](repeating: true, count: changes.count)
        // Of what follows in the tree order and lies deeper: whether anything is kept, and whether anything is listed.
        var keptDepth = 0
        var listedDepth = 0
        for place in changes.indices.reversed() {
            let depth = changes[place].depth
            let hasKept = keptDepth > depth
            let hasListed = listedDepth > depth
            if hasKept { keptDepth = 0 }
            if hasListed { listedDepth = 0 }
            if changes[place].isOnlyLink {
                isKept[place] = changes[place].link.map { changedFiles.contains($0) } ?? false
                changes[place].isListed = false
            } else if changes[place].isOnlyParent {
                isKept[place] = hasKept
                changes[place].isListed = hasListed
            }
            guard isKept[place] else { continue }
            keptDepth = max(keptDepth, depth)
            if changes[place].isListed { listedDepth = max(listedDepth, depth) }
        }
        guard isKept.contains(false) else { return }
        var place = -1
        changes.removeAll { _ in
            place += 1
            return !isKept[place]
        }
    }
}

extension ChangeSet {
    /// Keeps only some of the changes, and the directories above them.
    ///
    /// - Parameter isWanted: Gets an absolute path.
    package mutating func select(_ isWanted: ([UInt8]) -> Bool) {
        var selected: [TreeChange] = []
        for var change in changes {
            if !isWanted([UInt8(ascii: "/")] + change.path.bytes) {
                guard change.kind != .deleted, change.entryKind == .directory else { continue }
                change.isOnlyParent = true
            }
            selected.append(change)
        }
        changes = selected
        prune()
    }
}
