import LayerModel
import LayerSystem

/// One name in a directory of a read-write layer.
struct UpperItem: Sendable {
    let name: [UInt8]
    let status: FileStatus
    /// What its extended attributes say; nil where they were not read, because nothing has changed the file.
    let attributes: OverlayAttribute?
    /// Whether it removes the name.
    let isWhiteout: Bool
    /// Reads what is in it, for a directory that a listing has.
    var reading: UpperReader.Job?

    /// Whether it is a directory that can be read.
    var hasNames: Bool { status.kind == .directory && !isWhiteout }

    /// What its extended attributes say to overlayfs.
    var overlay: OverlayAttribute { attributes ?? .none }
}

/// A directory of a read-write layer, read at once: nothing stays open.
struct UpperListing: Sendable {
    /// The names in the order of their bytes.
    private(set) var items: [UpperItem] = []
    /// Whether a marker says that the directory hides what lies below it.
    private(set) var isOpaqueByMarker = false
    /// Whether something in it has changed since a checkout was made.
    private(set) var hasNewer = false

    /// Looks at all that is in a directory.
    ///
    /// - Parameters:
    ///   - names: The names in it, in the order of their bytes.
    ///   - directory: The directory.
    ///   - form: How it says what it changes.
    ///   - checkout: For a checkout, what was made when.
    ///   - holdsMarkedWhiteouts: Whether its own attributes say that files in it may be whiteouts.
    /// - Throws: `SystemError`.
    init(
        _ names: [[UInt8]],
        of directory: Directory,
        _ form: UpperForm,
        _ checkout: CheckoutRecord?,
        holdsMarkedWhiteouts: Bool
    ) throws(SystemError) {
        for name in names {
            // A name may go between the two calls, where a program is at work in the container.
            guard let status = try directory.statusIfPresent(name) else { continue }
            if form.readsMarkers, name == FuseMarks.device { continue }
            if status.isWhiteout, !form.isWholeTree {
                items.append(UpperItem(name: name, status: status, attributes: OverlayAttribute.none, isWhiteout: true))
                continue
            }
            if form.readsMarkers, Whiteout.isMarker(name), status.kind == .regular, status.byteCount == 0 {
                takeMarker(name, status)
                continue
            }
            if let checkout {
                if checkout.isOlder(status) {
                    items.append(UpperItem(name: name, status: status, attributes: nil, isWhiteout: false))
                    continue
                }
                hasNewer = true
            }
            items.append(
                try UpperItem(name, status, in: directory, form, holdsMarkedWhiteouts: holdsMarkedWhiteouts)
            )
        }
        if form.readsMarkers { items.sort { $0.name.lexicographicallyPrecedes($1.name) } }
    }

    /// Whether there are directories in it.
    var hasDirectories: Bool { items.contains(where: \.hasNames) }

    /// Gives every directory in it what reads that one.
    ///
    /// - Parameter makeJob: Makes the job for an item.
    /// - Returns: The jobs, in the order of the names.
    mutating func prepareReading(_ makeJob: (UpperItem) -> UpperReader.Job) -> [UpperReader.Job] {
        var jobs: [UpperReader.Job] = []
        for place in items.indices where items[place].hasNames {
            let job = makeJob(items[place])
            items[place].reading = job
            jobs.append(job)
        }
        return jobs
    }

    private mutating func takeMarker(_ name: [UInt8], _ status: FileStatus) {
        if Whiteout.isOpaqueMarker(name) {
            isOpaqueByMarker = true
        } else {
            let hidden = Array(name.dropFirst(Whiteout.prefix.count))
            items.append(
                UpperItem(name: hidden, status: status, attributes: OverlayAttribute.none, isWhiteout: true)
            )
        }
    }
}

extension UpperItem {
    /// Reads what is known of a name by more than its status.
    init(
        _ name: [UInt8],
        _ status: FileStatus,
        in directory: Directory,
        _ form: UpperForm,
        holdsMarkedWhiteouts: Bool
    ) throws(SystemError) {
        let overlay = try OverlayAttribute(of: name, in: directory, form.namespaces)
        let isMarked = holdsMarkedWhiteouts && overlay.isMarkedWhiteout && status.byteCount == 0
        self.init(name: name, status: status, attributes: overlay, isWhiteout: isMarked)
    }
}

extension OverlayAttribute {
    /// Nothing said.
    static let none = Self([], [])
}
