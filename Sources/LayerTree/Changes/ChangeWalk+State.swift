import LayerModel
import LayerSystem

extension ChangeWalk {
    /// What stands at a name now; nil when nothing does or when it cannot be read, which is noted.
    mutating func state(
        _ item: UpperItem?,
        at path: LayerPath,
        after: LowerStack.Entry?,
        before: LowerStack.Entry?
    ) -> ChangedState? {
        guard let item else { return after.map { ChangedState($0.node, in: lowers) } }
        do throws(SystemError) {
            let origin = after ?? before
            return try reader.state(item, at: path, origin: origin, after: after) { () throws(SystemError) in
                try upper.openInRoot(path.parent?.bytes ?? [])
            }
        } catch {
            set.problems.append(ChangeSet.Problem(path: path, reason: error.reason))
            return nil
        }
    }

    /// Whether anything about what stands at a name now differs from what stood there before.
    func isChanged(
        _ now: ChangedState,
        _ item: UpperItem?,
        at path: LayerPath,
        _ before: LowerStack.Entry
    ) -> Bool {
        if let item, let checkout, checkout.isUntouched(before.node, item.status) { return false }
        return now.differs(from: before, in: lowers) || (item != nil && hasOtherContent(now, at: path, before))
    }

    private func hasOtherContent(_ now: ChangedState, at path: LayerPath, _ before: LowerStack.Entry) -> Bool {
        guard now.kind == .regular, now.byteCount > 0 else { return false }
        return now.hasOtherContent(than: before, at: path, in: lowers, upper: upper)
    }
}
