internal import LayerModel
internal import LayerSystem

/// Mounts the kernel's overlayfs in the namespace that this process is in.
enum OverlayMounter {
    /// Which calls are used.
    enum Interface: Hashable, Sendable {
        /// `fsopen` and one option a layer: up to 500 layers.
        case layerByLayer
        /// `mount` with all options on one page: about 200 layers.
        case onePage
    }

    /// The first kernel whose overlayfs may take layers one by one; before, it finds the option wrong only when all are set.
    private static let layerByLayerVersion = KernelVersion(6, 5)

    /// Mounts by the newest calls that the kernel has.
    ///
    /// - Parameter plan: What; its kind is `.overlay` or `.userns`.
    /// - Throws: `SystemError`; E2BIG of `mount` when the kernel wants all layers on a page and they do not fit.
    static func mount(_ plan: MountPlan) throws(SystemError) {
        guard Host.kernelVersion >= layerByLayerVersion, takesLayersOneByOne() else {
            return try mount(plan, .onePage)
        }
        try mount(plan, .layerByLayer)
    }

    /// Mounts by the calls that are asked for.
    static func mount(_ plan: MountPlan, _ interface: Interface) throws(SystemError) {
        let target = try Directory(path: plan.target)
        guard plan.emptyLowerCount > 0 else {
            switch interface {
            case .layerByLayer: try makeLayerByLayer(plan, empties: []).attach(to: target)
            case .onePage: try mountOnePage(plan, empties: [], on: target)
            }
            return
        }
        let empties = try EmptyTrees(count: plan.emptyLowerCount, on: target)
        let mount: DetachedMount
        do throws(SystemError) {
            switch interface {
            case .layerByLayer: mount = try makeLayerByLayer(plan, empties: empties.trees)
            case .onePage:
                try mountOnePage(plan, empties: empties.trees, on: empties.place)
                mount = try DetachedMount(copying: empties.mountedPlace())
            }
        } catch {
            try? empties.remove()  // reason: the error that is told is the first one
            throw error
        }
        try empties.remove()
        try mount.attach(to: target)
    }

    /// Whether the kernel knows the option that adds one layer.
    private static func takesLayersOneByOne() -> Bool {
        do throws(SystemError) {
            try FileSystemContext(type: "overlay").set("lowerdir+", "/")
            return true
        } catch {
            return false
        }
    }

    private static func makeLayerByLayer(_ plan: MountPlan, empties: [Directory]) throws(SystemError) -> DetachedMount {
        let trees = try OpenedTrees(plan, empties: empties, isShort: false)
        return try withExtendedLifetime(trees) { () throws(SystemError) in
            let context = try FileSystemContext(type: "overlay")
            try context.set("source", plan.source)
            for path in trees.lowers { try context.set("lowerdir+", path) }
            if let writable = trees.writable {
                try context.set("upperdir", writable.upper)
                try context.set("workdir", writable.work)
            }
            for option in plan.options {
                if let value = option.value {
                    try context.set(option.name, value)
                } else {
                    try context.setFlag(option.name)
                }
            }
            return try context.mount(plan.attributes)
        }
    }

    private static func mountOnePage(
        _ plan: MountPlan,
        empties: [Directory],
        on place: Directory
    ) throws(SystemError) {
        let trees = try OpenedTrees(plan, empties: empties, isShort: true)
        try withExtendedLifetime(trees) { () throws(SystemError) in
            var parts = plan.options.map { option in
                Array((option.value.map { "\(option.name)=\($0)" } ?? option.name).utf8)
            }
            parts.append("lowerdir=".utf8 + Array(trees.lowers.joined(separator: [UInt8(ascii: ":")])))
            if let writable = trees.writable {
                parts += ["upperdir=".utf8 + writable.upper, "workdir=".utf8 + writable.work]
            }
            let options = Array(parts.joined(separator: [UInt8(ascii: ",")]))
            try Mount.mount(plan.source, type: "overlay", on: place, options: options, plan.attributes)
        }
    }
}
