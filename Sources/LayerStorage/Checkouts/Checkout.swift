import ImageSpec
package import LayerModel
package import LayerSystem
package import LayerTree

/// A container that stands as a real directory: a copy of its whole tree, for programs, where nothing can be mounted.
///
/// ```
/// containers/<id>/checkout.json      where it is, and how far it is (`State`)
/// containers/<id>/checkout.inodes    which of its files stands for which node of the layers (`CheckoutRecord`)
/// containers/<id>/upper.new/         the next upper/ while it is written; after that the former one
/// ```
///
/// ```
/// make:  building -> the tree is made, all is synchronised -> ready
/// fold:  ready -> upper.new is written and synchronised -> exchanged with upper -> folded -> the directory is emptied -> no record
/// given up:  ready -> folded -> the directory is emptied -> no record
/// ```
///
/// Wherever it is cut off, `fold` or `discard` finish it: while it is `building`, and until the exchange, `upper` is as it was; a fold
/// that is done again gives the same, since it takes nothing away from the directory before `folded`.
package struct Checkout: Hashable, Sendable {
    /// How far a checkout is.
    package enum State: String, Sendable {
        /// It is being made, or whoever made it has died.
        case building
        /// The directory is the container.
        case ready
        /// What it has changed is in the container's own layer, or was given up; what is left of the directory means nothing.
        case folded
    }

    static let recordName = "checkout.json"
    static let inodesName = "checkout.inodes"

    /// The directory's path on the host.
    package let path: [UInt8]
    /// Whether it stands in the container's own directory, and goes with the store wherever that is moved or copied to.
    let isInStore: Bool
    /// How far it is.
    package internal(set) var state: State
    /// When all files were there, by the clock of their file system; nil while they are not.
    package internal(set) var finished: Timestamp?
    /// The directory's number: another directory of that path is not the checkout.
    let inode: UInt64
    /// The session in which it was made and not synchronised; nil for one that is on the disk.
    var unsynchronizedSession: String?
    /// What the directory looked like before.
    let place: Place

    /// Owner and mode of the directory that was there.
    struct Place: Hashable, Sendable {
        let mode: UInt16
        let uid: UInt32
        let gid: UInt32
    }

    /// Says that the directory becomes a checkout.
    ///
    /// - Parameters:
    ///   - directory: The directory.
    ///   - container: The container's own directory in the store.
    /// - Throws: `SystemError`.
    init(building directory: Directory, of container: Directory) throws(SystemError) {
        let status = try directory.status()
        path = try directory.hostPath()
        isInStore = try container.statusIfPresent(StoreLayout.merged)?.identity == status.identity
        state = .building
        inode = status.identity.inode
        place = Place(mode: status.mode, uid: status.uid, gid: status.gid)
    }

    /// The checkout of a container; nil when there is none.
    ///
    /// - Parameters:
    ///   - id: The container, locked at least for looking.
    ///   - store: The store.
    /// - Returns: What the store knows of it.
    /// - Throws: `StorageError`: `notFound` for no such container, `corrupt` for a damaged record; `SystemError`.
    package static func current(of id: ContainerID, in store: LayerStore) throws -> Checkout? {
        let directory = try store.containerDirectory(id)
        guard let json = try RecordFile.read(recordName, in: directory) else { return nil }
        return try Checkout(json, of: directory, subject: directory.label + "/" + recordName)
    }

    /// Opens a checkout that is the container.
    ///
    /// - Parameters:
    ///   - lowers: The container's layers.
    ///   - id: The container.
    ///   - store: The store.
    /// - Returns: The root and what was made of which node; nil for one that is not the container: its own layer is then.
    /// - Throws: `StorageError`: `notFound` for a directory that is not there any more, `conflict` for one of which a power cut may have taken
    ///   files; `TreeError.damagedIndex`, `SystemError`.
    package func open(
        over lowers: LowerStack,
        of id: ContainerID,
        in store: LayerStore
    ) throws -> (root: Directory, record: CheckoutRecord)? {
        guard state == .ready, let finished else { return nil }
        guard let root = try rootIfPresent() else {
            let reason = "the checkout of container \(id.short) is not there any more: its changes are lost, rm -f it"
            throw StorageError(.notFound, EscapedText.name(path), reason)
        }
        try requireWhole(root, in: store)
        let file = try store.containerDirectory(id).openFile(Self.inodesName)
        let bytes = try file.readAll(byteLimit: Int(clamping: file.byteCount()))
        return (root, try CheckoutRecord(bytes, finished: finished, of: lowers))
    }

    /// Refuses a checkout that was never synchronised, where the file system has been mounted anew: a file that was lost would count as removed.
    private func requireWhole(_ root: Directory, in store: LayerStore) throws {
        guard let session = unsynchronizedSession, store.durability != .none, try root.session() != session else {
            return
        }
        let reason = """
            it was made with --durability none, and its file system has been mounted anew since: what is missing may be lost and not removed; \
            --durability none takes it as it is
            """
        throw StorageError(.conflict, EscapedText.name(path), reason)
    }

    /// The directory; nil when it went, or is another one.
    ///
    /// In a copy of the store it has another number.
    func rootIfPresent() throws(SystemError) -> Directory? {
        do throws(SystemError) {
            let root = try Directory(path: path)
            if isInStore { return root }
            return try root.status().identity.inode == inode ? root : nil
        } catch {
            guard error.isNotFound || error.isNotDirectory else { throw error }
            return nil
        }
    }
}

extension Checkout {
    private var json: JSONObject {
        var json: JSONObject = [
            "state": .string(state.rawValue), "inode": .string(String(inode)), "mode": JSONValue(Int64(place.mode)),
            "uid": JSONValue(Int64(place.uid)), "gid": JSONValue(Int64(place.gid)),
        ]
        // A path is bytes, and JSON is text.
        if isInStore {
            // Found again from the container's directory.
        } else if let text = String(validating: path, as: UTF8.self) {
            json["path"] = .string(text)
        } else {
            json["pathBytes"] = .string(Digest.encodeHex(path))
        }
        if let finished { json["finished"] = .string(finished.rfc3339()) }
        if let unsynchronizedSession { json["unsynchronizedSession"] = .string(unsynchronizedSession) }
        return json
    }

    private init(_ json: JSONObject, of container: Directory, subject: String) throws {
        let fields = RecordFields(json, subject: subject)
        if let digits = try fields.optionalText("pathBytes") {
            guard let bytes = Digest.decodeHex(digits.utf8) else { throw fields.bad("pathBytes") }
            (path, isInStore) = (bytes, false)
        } else if let text = try fields.optionalText("path") {
            (path, isInStore) = (Array(text.utf8), false)
        } else {
            path = try container.hostPath() + Array("/\(StoreLayout.merged)".utf8)
            isInStore = true
        }
        guard let state = State(rawValue: try fields.text("state")) else { throw fields.bad("state") }
        guard let inode = UInt64(try fields.text("inode")) else { throw fields.bad("inode") }
        self.state = state
        self.inode = inode
        finished = state == .building ? nil : try fields.time("finished")
        guard let mode = UInt16(exactly: try fields.number("mode")) else { throw fields.bad("mode") }
        guard let uid = UInt32(exactly: try fields.number("uid")) else { throw fields.bad("uid") }
        guard let gid = UInt32(exactly: try fields.number("gid")) else { throw fields.bad("gid") }
        place = Place(mode: mode, uid: uid, gid: gid)
        unsynchronizedSession = try fields.optionalText("unsynchronizedSession")
    }

    /// Writes the record, and waits until it is on the disk.
    func write(_ id: ContainerID, in store: LayerStore) throws {
        // The lock under which all records of containers are written: those who write sweep away what others left unfinished.
        let writing = try store.existingRoot().open(StoreLayout.containers).lock(.exclusive)
        defer { withExtendedLifetime(writing) {} }
        try RecordFile.replace(json, Self.recordName, in: store.containerDirectory(id))
    }
}
