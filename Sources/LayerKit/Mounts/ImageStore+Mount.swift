import LayerDriver
import LayerModel
import LayerStorage
import LayerSystem
import LayerTree

extension ImageStore {
    /// Shows a container or an image as a directory.
    ///
    /// A container that is mounted already stays as it is. By an ordinary user it is mounted in a user namespace, which a process of
    /// its own keeps: the path of the result leads there. Must be called before any thread is started.
    ///
    /// - Parameters:
    ///   - name: A container, or an image, which only shows.
    ///   - target: An existing directory; nil for one of the store.
    ///   - options: What is asked for.
    /// - Returns: The mount.
    /// - Throws: `LayerError`: `notFound`, `conflict` for a container that is mounted elsewhere, `usage` for an unknown driver,
    ///   `failure` when the driver does not work here.
    public func mount(
        _ name: String,
        at target: String? = nil,
        _ options: MountOptions = MountOptions()
    ) throws(LayerError) -> MountDetails {
        try LayerError.catching {
            let request = try Self.request(options.driver)
            let target = try target.map { try Directory(path: $0).hostPath() }
            guard let container = try containerIfPresent(name) else {
                return try mountImage(name, at: target, request)
            }
            return try mount(container, at: target, request, isReadOnly: options.isReadOnly)
        }
    }

    private static func request(_ driver: String) throws -> DriverRequest {
        do throws(DriverError) {
            return try DriverRequest(parsing: driver)
        } catch {
            throw LayerError(.usage, "\(error)", cause: error)
        }
    }

    private func containerIfPresent(_ name: String) throws -> ContainerRecord? {
        do {
            return try store.container(name)
        } catch let error as StorageError where error.kind == .notFound {
            return nil
        }
    }

    private func mount(
        _ record: ContainerRecord,
        at target: [UInt8]?,
        _ request: DriverRequest,
        isReadOnly: Bool
    ) throws -> MountDetails {
        let lock = try store.lockContainer(record.id, .exclusive)
        defer { withExtendedLifetime(lock) {} }
        // As it is under the lock: a commit may have put it on another image meanwhile.
        var record = try store.container(record.id)
        if let checkout = try checkout(of: record, lock) {
            guard target == nil || checkout.path == target else { throw Self.isElsewhere(record, checkout.path) }
            return MountDetails(record, checkout)
        }
        let merged = Array(store.mergedPath(record.id).utf8)
        // What the user asks for is the user's from now on, and no run's.
        try RunDirectory(openingOf: record.id, in: store)?.setOwnsMount(false)
        if let place = try StoreMounts(store).place(of: record.id) {
            guard target == nil || place.mountPoint == target else { throw Self.isElsewhere(record, place.path) }
            return MountDetails(record, place)
        }
        if record.isMoving {
            try store.endMove(of: record.id)
            record = try store.container(record.id)
        }
        var layers = try lowerTrees(record.layers.map(\.key))
        let upper = Array(store.upperPath(record.id).utf8)
        if isReadOnly {
            let usesUserAttributes = layers.first?.usesUserAttributes ?? !UpperForm.ofThisProcess.hasExactOwners
            layers.append(LowerTree(path: upper, usesUserAttributes: usesUserAttributes))
        }
        let choice = MountChoice(
            layers: layers,
            writable: isReadOnly ? nil : UpperTree(upper: upper, work: Array(store.workPath(record.id).utf8)),
            target: target ?? merged,
            isExposed: target != nil,
            willMount: { [layers] kind in
                try self.prepare(record, for: kind, usesUserAttributes: layers.contains(where: \.usesUserAttributes))
            }
        )
        guard let outcome = try choice.mount(request, store) else {
            return try checkOut(record, at: target ?? merged, lock, isReadOnly: isReadOnly)
        }
        var details = MountDetails(record, outcome.place)
        details.reason = outcome.reason
        return details
    }

    /// Remembers what a driver leaves in a container's upper directory, and takes away what another one left that it does not obey.
    private func prepare(_ record: ContainerRecord, for kind: DriverKind, usesUserAttributes: Bool) throws {
        switch kind {
        case .fuse:
            guard !record.wasWrittenByFuse else { return }
            try store.updateContainer(record.id) { $0.wasWrittenByFuse = true }
        case .overlay, .userns:
            if record.wasWrittenByFuse {
                let upper = try store.containerDirectory(record.id).open("upper")
                try FuseMarks.replace(in: upper, usesUserAttributes: usesUserAttributes || kind == .userns)
                try store.updateContainer(record.id) { $0.wasWrittenByFuse = false }
            }
            guard kind == .userns, !record.needsNamespace else { return }
            let mapping = UserNamespace.entered ?? NamespaceMapping.available().kind
            guard mapping == .ranges else { return }
            try store.updateContainer(record.id) { $0.needsNamespace = true }
        case .copy: return
        }
    }

    private func mountImage(_ name: String, at target: [UInt8]?, _ request: DriverRequest) throws -> MountDetails {
        // No record names a mount: until it stands, only the lock keeps the image and the place.
        let lock = try store.lockForUse()
        defer { withExtendedLifetime(lock) {} }
        let image = try store.resolve(name).record
        if target == nil, let place = try StoreMounts(store).place(of: image.id) {
            return MountDetails(image.id, place)
        }
        let choice = MountChoice(
            layers: try lowerTrees(image.layers.map(\.key)),
            writable: nil,
            target: try target ?? Array(store.makeImageMountPoint(image.id).utf8),
            isExposed: target != nil,
            willMount: { _ in }
        )
        guard let outcome = try mount(choice, request, of: image.id, hasTarget: target != nil) else {
            guard let target else {
                throw LayerError(.usage, "an image is copied to a directory that you name, or make a container of it")
            }
            try Checkout.makeImage(of: image.layers.map(\.key), in: store, at: target)
            return MountDetails(copyOf: image.id, at: target)
        }
        var details = MountDetails(image.id, outcome.place)
        details.reason = outcome.reason
        return details
    }

    /// Mounts an image; where that fails, the place that was made for it goes again.
    private func mount(
        _ choice: MountChoice,
        _ request: DriverRequest,
        of id: ImageID,
        hasTarget: Bool
    ) throws -> MountChoice.Outcome? {
        func clear() {
            guard !hasTarget else { return }
            // reason: an empty directory more does no harm, and the mount's own failure is the one to report
            try? store.removeImageMountPoint(Array(store.imageMountPath(id).utf8))
        }
        do {
            let outcome = try choice.mount(request, store)
            if outcome == nil { clear() }
            return outcome
        } catch {
            clear()
            throw error
        }
    }

    private func lowerTrees(_ keys: [LayerKey]) throws -> [LowerTree] {
        try keys.map { key in
            guard let record = try store.trustedLayer(key) else {
                throw LayerError(.corrupt, "layer \(key.digest) is missing or damaged: load its image again")
            }
            return LowerTree(
                path: Array(store.treePath(of: key).utf8),
                isRootOpaque: record.summary.isRootOpaque,
                usesUserAttributes: record.usesUserAttributes
            )
        }
    }
}

extension MountDetails {
    init(_ record: ContainerRecord, _ place: MountedPlace) {
        self.init(.container(record.id, name: record.name), place)
    }

    init(_ id: ImageID, _ place: MountedPlace) {
        self.init(.image(id), place)
    }

    private init(_ subject: Subject, _ place: MountedPlace) {
        self.init(
            subject: subject,
            path: place.path,
            driver: place.driver.rawValue,
            isReadOnly: place.isReadOnly,
            reason: nil
        )
    }
}
