import LayerModel
import LayerStorage
import LayerSystem
import LayerTree

extension ImageStore {
    /// The checkout that a container is; what is left of one that was cut off is cleared first.
    ///
    /// - Parameters:
    ///   - record: The container.
    ///   - lock: Its exclusive lock.
    /// - Returns: The checkout; nil when it is none.
    /// - Throws: `StorageError`, `SystemError`.
    func checkout(of record: ContainerRecord, _ lock: FileLock) throws -> Checkout? {
        guard let checkout = try Checkout.current(of: record.id, in: store) else { return nil }
        if checkout.state == .ready { return checkout }
        try Checkout.discard(record.id, in: store, holding: lock)
        return nil
    }

    /// Makes a container a directory of its own, where nothing can be mounted.
    func checkOut(
        _ record: ContainerRecord,
        at path: [UInt8],
        _ lock: FileLock,
        isReadOnly: Bool
    ) throws -> MountDetails {
        guard !isReadOnly else {
            throw LayerError(.failure, "the copy driver makes a directory that can be written: leave --read-only away")
        }
        try record.enterNamespace()
        if UserNamespace.entered == .ranges, !record.needsNamespace {
            // Its files belong to numbers that mean nothing outside.
            try store.updateContainer(record.id) { $0.needsNamespace = true }
        }
        let form = try UpperForm(of: record, in: store)
        let checkout = try Checkout.make(of: record, in: store, at: path, form: form, holding: lock)
        var details = MountDetails(record, checkout)
        details.reason = "a copy: nothing can be mounted here, or it was asked for"
        return details
    }

    /// Folds the checkout of a container that is found by its name, or by the path of the directory.
    ///
    /// - Parameter name: What the user wrote.
    /// - Returns: Whether there was one.
    /// - Throws: `StorageError`, `TreeError.unreadable`, `SystemError`.
    func foldCheckout(_ name: String) throws -> Bool {
        let found = try store.firstContainer { record in
            try knownCheckout(of: record).map { try Self.isMeant(record, $0, by: name, store) } ?? false
        }
        guard let found else { return false }
        try found.enterNamespace()
        let lock = try store.lockContainer(found.id, .exclusive)
        let record = try store.container(found.id)
        guard try Checkout.current(of: record.id, in: store) != nil else { return false }
        try Checkout.fold(record, in: store, form: UpperForm(of: record, in: store), holding: lock)
        return true
    }

    /// The containers that are checked out.
    func checkouts() throws -> [(record: ContainerRecord, checkout: Checkout)] {
        try store.certainContainers().compactMap { record in
            try knownCheckout(of: record).map { (record, $0) }
        }
    }

    private func knownCheckout(of record: ContainerRecord) throws -> Checkout? {
        do {
            return try Checkout.current(of: record.id, in: store)
        } catch let error as StorageError where error.kind == .corrupt || error.kind == .notFound {
            // Damaged ones are told by what is done with them, and take nothing else away.
            return nil
        }
    }

    private static func isMeant(
        _ record: ContainerRecord,
        _ checkout: Checkout,
        by name: String,
        _ store: LayerStore
    ) throws -> Bool {
        if name.contains("/") {
            let path = name.hasPrefix("/") ? name : try Host.currentDirectory() + "/" + name
            if checkout.path.elementsEqual(path.utf8) { return true }
        }
        do {
            return try store.containerID(name) == record.id
        } catch let error as StorageError where error.kind == .notFound {
            return false
        }
    }

    static func isElsewhere(_ record: ContainerRecord, _ path: [UInt8]) -> LayerError {
        LayerError(.conflict, "container \(record.name) is mounted at \(EscapedText.name(path)) already")
    }
}

extension MountDetails {
    init(copyOf image: ImageID, at path: [UInt8]) {
        self.init(
            subject: .image(image),
            path: path,
            driver: "copy",
            isReadOnly: false,
            reason: "a copy, which is forgotten from now on"
        )
    }

    init(_ record: ContainerRecord, _ checkout: Checkout) {
        self.init(
            subject: .container(record.id, name: record.name),
            path: checkout.path,
            driver: "copy",
            isReadOnly: false,
            reason: nil
        )
    }
}
