internal import LayerModel
package import LayerSystem

/// How a stack of layers becomes one directory, as a value: nothing is looked at or changed until a `Mounter` has it.
package struct MountPlan: Hashable, Sendable {
    /// The most lower directories that overlayfs takes (OVL_MAX_STACK).
    package static let lowerTreeLimit = 500

    /// What mounts: never `.copy`.
    package let kind: DriverKind
    /// The lower trees, topmost first, each once.
    package let lowers: [[UInt8]]
    /// How many empty directories lie below them, because overlayfs wants one lower directory beside an upper one and two without.
    package let emptyLowerCount: Int
    /// Where changes go, or nil for a mount that only shows.
    package let writable: UpperTree?
    /// Where the mount is shown: an existing directory, by an absolute path.
    package let target: [UInt8]
    /// Whether overlayfs keeps its own attributes in the `user.` namespace.
    package let usesUserAttributes: Bool
    /// What the mount refuses.
    package let attributes: MountAttributes

    /// Plans a mount.
    ///
    /// - Parameters:
    ///   - kind: What mounts.
    ///   - layers: The stack's trees, lowest first, as an image lists its layers. Those under the topmost root-opaque one are left out; of
    ///     a tree that stands several times only the topmost place counts, because all that it holds is seen there already.
    ///   - writable: Where changes go, or nil for a mount that only shows.
    ///   - target: Where it is shown: an absolute path.
    ///   - isExposed: Whether users other than the caller may get to the target. Files of an image that run as their owner are then no
    ///     longer obeyed, which a mount in a user namespace needs not: nothing outside obeys it.
    /// - Throws: `DriverError`: `notMounting` for `.copy`, `pathNotAbsolute`, `tooManyLayers`, `noLayers` for `.fuse`,
    ///   `mixedAttributes` for `.overlay`, `attributesOfRoot` for a tree of root in a user namespace.
    package init(
        kind: DriverKind,
        layers: [LowerTree],
        writable: UpperTree?,
        target: [UInt8],
        isExposed: Bool
    ) throws(DriverError) {
        guard kind != .copy else { throw .notMounting(kind) }
        let shown = Self.shown(layers)
        try Self.check(shown, for: kind)
        for path in shown.map(\.path) + [writable?.upper, writable?.work, target].compactMap(\.self) {
            guard path.first == UInt8(ascii: "/") else { throw .pathNotAbsolute(path) }
        }
        self.kind = kind
        lowers = shown.map(\.path)
        emptyLowerCount = kind == .fuse ? 0 : max(0, (writable == nil ? 2 : 1) - shown.count)
        self.writable = writable
        self.target = target
        usesUserAttributes = kind == .userns || shown.contains(where: \.usesUserAttributes)
        var attributes: MountAttributes = .noDevices
        if isExposed && kind != .userns { attributes.insert(.noSetUserID) }
        if writable == nil { attributes.insert(.readOnly) }
        self.attributes = attributes
    }

    /// The trees that are seen, topmost first.
    private static func shown(_ layers: [LowerTree]) -> [LowerTree] {
        var shown: [LowerTree] = []
        for layer in layers.reversed() {
            // A few hundred at most.
            if !shown.contains(where: { $0.path == layer.path }) { shown.append(layer) }
            if layer.isRootOpaque { break }
        }
        return shown
    }

    /// Refuses trees that the driver would show wrong.
    private static func check(_ trees: [LowerTree], for kind: DriverKind) throws(DriverError) {
        guard trees.count <= lowerTreeLimit else { throw .tooManyLayers(trees.count) }
        let other = trees.first { !$0.usesUserAttributes }
        switch kind {
        case .userns:
            if let other { throw .attributesOfRoot(kind, other.path) }
        case .overlay:
            guard let other, let own = trees.first(where: \.usesUserAttributes) else { return }
            throw .mixedAttributes(own.path, other.path)
        case .fuse:
            // It obeys all forms that its user may read; what that is, the mounter knows.
            if trees.isEmpty { throw .noLayers(kind) }
        case .copy: return
        }
    }
}

extension MountPlan {
    /// Whether nothing can be written.
    package var isReadOnly: Bool { writable == nil }

    /// What the mount table shows as mounted: the upper directory when the option that names it cannot have its path (`OpenedTrees`).
    var source: [UInt8] {
        guard let upper = writable?.upper, !OptionText.isPlain(upper), upper.count <= OptionText.valueByteLimit else {
            return Array("overlay".utf8)
        }
        return upper
    }

    /// The options of overlayfs that are no paths; a value of nil stands for a mere flag.
    ///
    /// Images bring no redirects or metadata-only copies, so none are obeyed, and none are made: a layer that is committed must not hold
    /// what only this kernel understands.
    ///
    /// Source: Documentation/filesystems/overlayfs.rst.
    package var options: [(name: String, value: String?)] {
        var options: [(name: String, value: String?)] = [
            ("redirect_dir", "nofollow"), ("metacopy", "off"), ("index", "off"), ("xino", "off"),
        ]
        if usesUserAttributes { options.append(("userxattr", nil)) }
        return options
    }
}
