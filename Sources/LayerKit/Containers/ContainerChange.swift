import LayerModel
import LayerTree

/// One name that a container has added, changed or deleted.
public struct ContainerChange: Hashable, Sendable {
    /// What happened.
    ///
    /// The raw values are what `docker diff` prints.
    public enum Kind: String, Sendable {
        case added = "A"
        case changed = "C"
        case deleted = "D"
    }

    /// What happened.
    public let kind: Kind
    /// The absolute path, bytes as they are.
    public let path: [UInt8]
    /// The length of the regular file that stands there now, in bytes; nil where none does.
    public let byteCount: Int64?
    /// The length of the regular file that stood there before, in bytes; nil where none did.
    public let formerByteCount: Int64?

    /// The changes of a set that `diff` lists, in the order of the bytes of their paths.
    static func list(_ set: ChangeSet) -> [ContainerChange] {
        var changes: [ContainerChange] = []
        changes.reserveCapacity(set.changes.count)
        for change in set.changes where change.isListed { changes.append(ContainerChange(change)) }
        changes.sort { left, right in
            left.path.withUnsafeBufferPointer { left in
                right.path.withUnsafeBufferPointer { right in
                    for place in 0..<min(left.count, right.count) where left[place] != right[place] {
                        return left[place] < right[place]
                    }
                    return left.count < right.count
                }
            }
        }
        return changes
    }

    private init(_ change: TreeChange) {
        switch change.kind {
        case .added: kind = .added
        case .changed: kind = .changed
        case .deleted: kind = .deleted
        }
        path = [UInt8(ascii: "/")] + change.path.bytes
        byteCount = change.kind != .deleted && change.entryKind == .regular ? change.byteCount : nil
        formerByteCount = change.former.flatMap { $0.kind == .regular ? $0.byteCount : nil }
    }
}
