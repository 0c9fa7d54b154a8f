import LayerDriver
import LayerModel
import LayerStorage
import LayerSystem

/// Mounts by the driver that the user asks for, or by the first that works.
struct MountChoice {
    /// What was mounted, by which driver, and why by this one.
    struct Outcome {
        let place: MountedPlace
        let kind: DriverKind
        let reason: String
    }

    /// What is to be mounted.
    let layers: [LowerTree]
    let writable: UpperTree?
    let target: [UInt8]
    let isExposed: Bool
    /// Gets told what is going to mount, before it does.
    let willMount: (DriverKind) throws -> Void

    /// Mounts; nil when only copying works here.
    ///
    /// - Parameters:
    ///   - request: What the user asks for.
    ///   - store: The store, on whose file system things are tried out.
    /// - Returns: The mount.
    /// - Throws: `DriverError`, `SystemError`.
    func mount(_ request: DriverRequest, _ store: LayerStore) throws -> Outcome? {
        // The directory in which things are tried out is named by nothing.
        let lock = try store.lockForUse()
        defer { withExtendedLifetime(lock) {} }
        // Root's own overlay works nearly everywhere: to try it out first would take longer than the mount.
        if request == .automatic, Host.mayMount, UserNamespace.isInitial, let outcome = tryOverlay() { return outcome }
        let choice = try DriverProbe.choose(requested: request, storeRoot: store.root ?? Directory(path: "/"))
        if choice.kind == .copy { return nil }
        try willMount(choice.kind)
        let place = try Mounter.mount(plan(choice.kind), of: store.root)
        return Outcome(place: place, kind: choice.kind, reason: choice.reason)
    }

    private func tryOverlay() -> Outcome? {
        do {
            try willMount(.overlay)
            let place = try Mounter.mount(plan(.overlay))
            return Outcome(place: place, kind: .overlay, reason: "root, and overlayfs works here")
        } catch {
            // Whatever it is: the full choice finds it again, and says so.
            return nil
        }
    }

    private func plan(_ kind: DriverKind) throws(DriverError) -> MountPlan {
        try MountPlan(kind: kind, layers: layers, writable: writable, target: target, isExposed: isExposed)
    }
}
