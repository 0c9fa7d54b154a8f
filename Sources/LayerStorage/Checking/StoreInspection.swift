package import LayerModel
import LayerSystem

/// Looks at everything in a store but the insides of layers and the bytes of blobs: records, documents, names, places, rights.
///
/// Nothing is changed and nobody is kept waiting. What goes while this looks, a container or a volume, is no fault.
package struct StoreInspection {
    /// What is not as it should be.
    package private(set) var findings: [StoreFinding] = []
    /// What could not be looked at, a line each: a finding too, which another look may not come upon again.
    package private(set) var unreadable: [String] = []
    /// What is left of work that was cut off, and no fault.
    package private(set) var notes: [String] = []
    /// How many there are of each kind.
    package internal(set) var counts: [StoreFinding.Kind: Int] = [:]
    /// The layers that have a directory.
    package internal(set) var layers: [LayerKey] = []
    /// The compressed layers that are kept.
    package internal(set) var blobs: [BlobDigest] = []
    /// The images that something names, and that are damaged or not there.
    package internal(set) var wantedImages: Set<ImageID> = []
    /// The layers that something needs and that are not there.
    package internal(set) var wantedLayers: Set<LayerKey> = []

    /// What can be put right without an archive.
    private(set) var fixes: [StoreFix] = []
    /// What this process lacked to look at something.
    private var lack: SystemError?

    let store: LayerStore
    let root: Directory
    /// Whom all of the store's own files belong to.
    let owner: UInt32

    /// Looks at a store.
    ///
    /// - Parameters:
    ///   - store: The store.
    ///   - isAlone: Whether nobody else is at work: then what is unfinished is left over.
    /// - Throws: `StorageError` of kind `notFound` when there is no store; `SystemError` when its root cannot be read, or when this process
    ///   has no descriptor or no memory left, which says nothing of the store.
    package init(of store: LayerStore, isAlone: Bool) throws {
        self.store = store
        root = try store.existingRoot()
        owner = try root.status().uid
        try inspectRoot()
        layers = inspectObjects(StoreLayout.layers, .layer, .directory).map { LayerKey($0) }
        blobs = inspectObjects(StoreLayout.blobs, .blob, .regular).map { BlobDigest($0) }
        inspectLayerFiles()
        inspectImages()
        inspectNames()
        inspectContainers()
        inspectVolumes()
        inspectMounts()
        if isAlone { noteLeftovers() }
        if let lack { throw lack }
    }

    /// Takes note of a fault, and of what puts it right.
    mutating func report(_ finding: StoreFinding, _ fix: StoreFix.Action? = nil) {
        findings.append(finding)
        if let fix { fixes.append(StoreFix(finding: finding, action: fix)) }
    }

    /// Takes note of what is no fault.
    mutating func note(_ text: String) { notes.append(text) }

    /// Forgets what was said of a thing that has gone meanwhile.
    mutating func forget(_ kind: StoreFinding.Kind, _ id: String) {
        findings.removeAll { $0.kind == kind && $0.id == id }
    }

    /// Takes note of an error about a thing; the file that it names, if that lies in the thing's directory, becomes the path.
    mutating func report(
        _ kind: StoreFinding.Kind,
        _ id: String,
        _ error: any Error,
        in directory: Directory? = nil,
        remedy: String? = nil,
        _ fix: StoreFix.Action? = nil
    ) {
        if let error = error as? SystemError, !error.isNotFound, !error.isOfPlace {
            if error.isExhausted { lack = error }
            unreadable.append("\(error)")
        }
        let (subject, reason) =
            switch error {
            case let error as StorageError: (error.subject, error.reason)
            case let error as SystemError: (error.subject, error.reason)
            default: ("", "\(error)")
            }
        let prefix = directory.map { $0.label + "/" } ?? "\n"
        let path = subject.hasPrefix(prefix) ? Array(subject.dropFirst(prefix.count).utf8) : nil
        report(StoreFinding(kind, id, path, reason, remedy: remedy), fix)
    }

    /// Looks at the places of things that are named by digests.
    ///
    /// - Parameters:
    ///   - name: The directory of all of them.
    ///   - kind: What they are.
    ///   - fileKind: What stands for each.
    /// - Returns: The digests.
    mutating func inspectObjects(_ name: String, _ kind: StoreFinding.Kind, _ fileKind: EntryKind) -> [Digest] {
        var digests: [Digest] = []
        for (algorithmName, directory) in directories(in: name) {
            guard let algorithm = Digest.Algorithm(rawValue: algorithmName) else {
                unknown(name, algorithmName.utf8)
                continue
            }
            for entry in list(directory, of: .store, "") {
                let place = "\(name)/\(algorithmName)"
                guard let bytes = Digest.decodeHex(entry), bytes.count == algorithm.byteCount else {
                    unknown(place, entry)
                    continue
                }
                let digest = Digest(algorithm: algorithm, bytes: bytes)
                inspect(entry, in: directory, kind, digest.description, nil, is: fileKind)
                digests.append(digest)
            }
        }
        counts[kind] = digests.count
        return digests.sorted { $0.description < $1.description }
    }

    /// The directories in one of the store's own, by their names.
    mutating func directories(in name: String) -> [(name: String, directory: Directory)] {
        var found: [(name: String, directory: Directory)] = []
        do {
            guard let directory = try root.openIfPresent([name]) else { return [] }
            for entry in try directory.list().sorted(by: { $0.lexicographicallyPrecedes($1) }) {
                let text = String(decoding: entry, as: UTF8.self)
                guard try directory.status(entry).kind == .directory else {
                    unknown(name, entry)
                    continue
                }
                inspect(entry, in: directory, .store, "", Array("\(name)/".utf8) + entry, is: .directory)
                found.append((text, try directory.open(entry)))
            }
        } catch { report(.store, "", error, in: root) }
        return found
    }

    /// The names in a directory, in order; none where it cannot be read, which is a fault.
    mutating func list(_ directory: Directory, of kind: StoreFinding.Kind, _ id: String) -> [[UInt8]] {
        do {
            return try directory.list().sorted { $0.lexicographicallyPrecedes($1) }
        } catch {
            report(kind, id, error)
            return []
        }
    }

    /// Opens a directory; nil for one that went, and for what is none or nobody may open, which was said of its place.
    mutating func open(_ place: [String], of kind: StoreFinding.Kind, _ id: String) -> Directory? {
        do throws(SystemError) {
            return try root.openIfPresent(place)
        } catch {
            if !error.isOfPlace { report(kind, id, error) }
            return nil
        }
    }

    /// Whether nothing stands at a place; what cannot be looked at, or is no directory, is not known to be gone.
    func isAbsent(_ place: [String]) -> Bool {
        do {
            return try root.openIfPresent(place) == nil
        } catch {
            return false
        }
    }

    /// Says that nobody knows what something is doing here.
    mutating func unknown(_ place: String, _ name: some Sequence<UInt8>) {
        let path = place.isEmpty ? Array(name) : Array("\(place)/".utf8) + name
        report(StoreFinding(.store, "", path, "unexpected: nothing of a store's is called so"))
    }
}
