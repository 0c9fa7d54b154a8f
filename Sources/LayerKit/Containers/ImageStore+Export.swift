import LayerArchive
import LayerModel
import LayerStorage
import LayerSystem
import LayerTree

/// The formats in which a file system can be exported.
public enum ExportFormat: String, Sendable, CaseIterable {
    /// A tar, as `docker export` writes it.
    case tar
    /// A cpio that Linux takes as an initramfs.
    case cpio
    /// A list of all files with attributes and SHA-256, without content.
    case mtree
}

extension ImageStore {
    /// Writes the whole file system of a container or an image as one stream.
    ///
    /// - Parameters:
    ///   - name: A container, or an image.
    ///   - format: What is written.
    ///   - sink: Takes the bytes, valid during the call only.
    /// - Returns: What was left out, one line each.
    /// - Throws: `LayerError`: `notFound`; `failure` that lists all names which cannot be read; what the sink threw.
    public func export(
        _ name: String,
        as format: ExportFormat = .tar,
        sink: (UnsafeRawBufferPointer) throws -> Void
    ) throws(LayerError) -> [String] {
        try LayerError.catching {
            let (set, files, lock) = try wholeTree(of: name)
            defer { withExtendedLifetime(lock) {} }
            let tree = TreeFormat(rawValue: format.rawValue) ?? .tar
            let source = try ChangeTar(set.changes, files, latestTime: nil, format: tree)
            while true {
                let chunk = try source.nextChunk()
                if chunk.isEmpty { return set.socketWarnings }
                try sink(chunk)
            }
        }
    }

    private func wholeTree(of name: String) throws -> (ChangeSet, ChangedFiles, AnyObject) {
        do {
            let stack = try ContainerStack(name, in: store, .shared)
            return (try stack.wholeTree(), ChangedFiles(upper: stack.upper, lowers: stack.lowers), stack)
        } catch let error as StorageError where error.kind == .notFound {
            let image = try store.resolve(name)
            let lowers = try LowerStack(image.record.layers.map(\.key), in: store)
            // An image has no upper directory, and nothing is looked for there.
            let nowhere = try Directory(path: store.path)
            return (ChangeWalk.wholeTree(of: lowers), ChangedFiles(upper: nowhere, lowers: lowers), lowers)
        }
    }
}

extension ChangeSet {
    /// A line for each socket: no archive has any.
    var socketWarnings: [String] {
        changes.filter { $0.entryKind == .socket && $0.kind != .deleted }.map {
            "\(EscapedText.quoted([UInt8(ascii: "/")] + $0.path.bytes)): sockets are left out"
        }
    }
}
