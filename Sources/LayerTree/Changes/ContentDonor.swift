package import LayerModel
import LayerSystem

/// Gives the files of a new layer content that lies on the same disk already, so that it need not be written again.
///
/// Used by one thread at a time.
package final class ContentDonor {
    /// How files come to the new layer.
    package enum Manner: Sendable {
        /// They share blocks with the old file, where the file system can (FICLONE).
        case sharingBlocks
        /// They are the old files, under one more name: the old name must go before anybody writes through it.
        case linking
    }

    /// Below this length to copy costs less than to ask.
    private static let leastSharedByteCount: Int64 = 64 << 10
    /// What overlayfs and fuse-overlayfs write on files that they copy up, and nobody needs in a layer.
    private static let idle: Set<[UInt8]> = Set(
        ["trusted.overlay.origin", "user.overlay.origin", "user.fuseoverlayfs.origin"].map { Array($0.utf8) }
    )

    private let manner: Manner
    private let files: ChangedFiles
    private var places: [LayerPath: Int] = [:]
    private let changes: [TreeChange]
    /// Whether the file system has refused, as it will for all other files.
    private var isRefused = false

    /// Prepares to give.
    ///
    /// - Parameters:
    ///   - changes: What the layer is made of.
    ///   - files: Where content is opened; nobody else uses it.
    ///   - manner: How it is given.
    ///   - latestTime: No file of the layer is to be newer; nil for no such limit.
    package init(_ changes: [TreeChange], _ files: ChangedFiles, _ manner: Manner, latestTime: Timestamp? = nil) {
        self.changes = changes
        self.files = files
        self.manner = manner
        for (place, change) in changes.enumerated() where change.entryKind == .regular && change.kind != .deleted {
            guard manner == .linking || change.byteCount >= Self.leastSharedByteCount else { continue }
            // Under a second name another time would be the old file's as well, also of a commit that comes to nothing.
            if manner == .linking, let latestTime, latestTime < change.attributes.modificationTime { continue }
            places[change.path] = place
        }
    }

    /// Whether files of this length may be given at all.
    func mayGive(byteCount: Int64) -> Bool { manner == .linking || byteCount >= Self.leastSharedByteCount }

    private func change(at path: LayerPath) -> TreeChange? {
        guard !isRefused, let place = places[path] else { return nil }
        return changes[place]
    }

    /// Makes a new file share the blocks of the old one.
    ///
    /// - Returns: Whether the file has its content now.
    func share(_ path: LayerPath, with file: FileDescriptor) -> Bool {
        guard manner == .sharingBlocks, let change = change(at: path) else { return false }
        do throws(SystemError) {
            try file.clone(files.open(change))
            return true
        } catch {
            isRefused = true
            return false
        }
    }

    /// Gives the old file one more name, in the new layer.
    ///
    /// - Parameters:
    ///   - path: The file's path.
    ///   - directory: The directory of the new layer that it goes to.
    ///   - name: Its name there.
    /// - Returns: The file, which the caller closes; nil when it must be copied.
    func link(_ path: LayerPath, to directory: DirectoryDescriptor, _ name: UnsafePointer<CChar>) -> FileDescriptor? {
        guard manner == .linking, let change = change(at: path), change.content == .upper else { return nil }
        do throws(SystemError) {
            let parent = try files.directory(path.parent ?? .root)
            let own = Array(path.name)
            for attribute in try parent.extendedAttributes(of: own) where !XattrPolicy.isKept(attribute.name) {
                // What is escaped, or another's, is not for a layer's tree.
                guard Self.idle.contains(attribute.name) else { return nil }
                try parent.removeExtendedAttribute(attribute.name, of: own)
            }
            return try directory.linkFile(name, to: parent, own)
        } catch {
            // A file that may not be linked or opened is copied, or that says why it cannot be.
            return nil
        }
    }
}
