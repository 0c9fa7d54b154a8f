import LayerModel
import LayerSystem

extension ChangeWalk {
    /// Whether the root is as it was when the checkout was made.
    mutating func isOlder(_ root: Directory, _ checkout: CheckoutRecord) -> Bool {
        do throws(SystemError) {
            return checkout.isOlder(try root.status())
        } catch {
            set.problems.append(ChangeSet.Problem(path: .root, reason: error.reason))
            return false
        }
    }

    /// Lists what a checkout has at a name, and what it would have there if the disk could hold it.
    mutating func list(_ item: UpperItem?, at path: LayerPath, _ before: LowerStack.Entry?, depth: Int) {
        if let before, isAsInLayer(item, before) {
            append(ChangedState(before.node, in: lowers), .added, path, nil, depth: depth)
            return
        }
        guard let item, let now = state(item, at: path, after: nil, before: before) else { return }
        append(now, .added, path, nil, depth: depth)
        descend(now, path, item, before: before?.directory, after: nil, depth: depth)
    }

    /// Whether a layer says all of what a checkout has at a name: an unchanged file, or one that could not be made.
    func isAsInLayer(_ item: UpperItem?, _ before: LowerStack.Entry) -> Bool {
        guard let item else { return isNotMade(before) }
        return item.status.kind != .directory && checkout?.isUntouched(before.node, item.status) == true
    }

    /// Whether a checkout could not hold something, so that its absence says nothing.
    func isNotMade(_ entry: LowerStack.Entry) -> Bool {
        checkout.map { $0.isNotMade(entry.node) } ?? false
    }

    /// Whether a file of a checkout is as it was made; one with several names may have got another name all the same.
    func isUntouched(_ item: UpperItem, _ before: LowerStack.Entry) -> Bool {
        guard let checkout, item.status.kind != .directory, item.status.linkCount == 1 else { return false }
        return checkout.isUntouched(before.node, item.status)
    }
}
