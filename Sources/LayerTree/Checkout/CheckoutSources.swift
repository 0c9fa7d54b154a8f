import LayerModel
import LayerSystem

/// Opens the content of the files of a checkout, in the layers and in the container's own.
///
/// Used by one thread at a time. Files come directory by directory, so of each layer the directory used last is kept open.
struct CheckoutSources {
    private struct Opened {
        let parent: Int
        let directory: Directory
    }

    private let lowers: LowerStack
    private let upper: Directory?
    private var opened: [Opened?]
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
            let index = lowers.index(reference)
            let node = index.nodes[lowers.node(reference).primary]
            let directory = try directory(node.parent, reference.layer)
            return try CName.lend(index.name(of: node)) { name throws(SystemError) in
                try directory.descriptor.openStoredFile(name)
            }
        case .upper:
            let directory = try upperDirectory(change.path.parent ?? .root)
            return try CName.lend(change.path.name) { name throws(SystemError) in
                try directory.descriptor.openStoredFile(name)
            }
        }
    }

    private mutating func directory(_ ordinal: Int, _ layer: Int) throws(SystemError) -> Directory {
        if let opened = opened[layer], opened.parent == ordinal { return opened.directory }
        let stacked = lowers.layers[layer]
        let path = stacked.index.path(of: stacked.index.nodes[ordinal])
        guard let tree = stacked.tree else {
            throw SystemError(call: "open", subject: EscapedText.name(path.bytes), code: SystemError.notRegularFileCode)
        }
        let directory = try tree.openInRoot(path.bytes)
        opened[layer] = Opened(parent: ordinal, directory: directory)
        return directory
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
