import LayerModel
import LayerSystem

/// Opens the content of the files of a checkout, in the layers and in the container's own.
///
/// Used by one thread at a time. Files come directory by directory, so of each layer the directory used last is kept open.
struct CheckoutSources {
    private let lowers: LowerStack
    private let upper: Directory?
    private var opened: [LayerFiles?]
    private var openedUpper: (path: LayerPath, directory: Directory)?

    /// Prepares to open.
    ///
    /// - Parameters:
    ///   - lowers: The layers.
    ///   - upper: The root of the container's own layer; nil when there is none.
    init(_ lowers: LowerStack, upper: Directory?) {
        self.lowers = lowers
        self.upper = upper
        opened = Array(repeating: nil, count: lowers.layers.count)
    }

    /// Opens the content of a regular file.
    ///
    /// - Parameter change: The file.
    /// - Returns: A descriptor, which the caller closes.
    /// - Throws: `SystemError`.
    mutating func open(_ change: TreeChange) throws(SystemError) -> FileDescriptor {
        switch change.content {
        case .lower(let reference):
            var files = try files(reference)
            defer { opened[reference.layer] = files }
            return try files.open(lowers.node(reference))
        case .upper:
            let directory = try upperDirectory(change.path.parent ?? .root)
            return try CName.lend(change.path.name) { name throws(SystemError) in
                try directory.descriptor.openStoredFile(name)
            }
        }
    }

    private func files(_ reference: LowerStack.Reference) throws(SystemError) -> LayerFiles {
        if let files = opened[reference.layer] { return files }
        let layer = lowers.layers[reference.layer]
        guard let tree = layer.tree else {
            let subject = EscapedText.name(layer.index.path(of: lowers.node(reference)).bytes)
            throw SystemError(call: "open", subject: subject, code: SystemError.notRegularFileCode)
        }
        return LayerFiles(layer.index, in: tree)
    }

    private mutating func upperDirectory(_ path: LayerPath) throws(SystemError) -> Directory {
        if let openedUpper, openedUpper.path == path { return openedUpper.directory }
        guard let upper else {
            throw SystemError(call: "open", subject: EscapedText.name(path.bytes), code: SystemError.notRegularFileCode)
        }
        let directory = try upper.openInRoot(path.bytes)
        openedUpper = (path, directory)
        return directory
    }
}
