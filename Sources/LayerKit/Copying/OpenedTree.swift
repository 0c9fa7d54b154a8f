import ImageSpec
import LayerModel
import LayerStorage
import LayerSystem
import LayerTree

/// The tree of a container or of an image, open.
final class OpenedTree {
    /// What the name means.
    enum Subject {
        case container(ContainerRecord)
        case image(StoredImage)
        /// What is no image of the store as a whole and no container, for reading only; of the platform that is wanted.
        case asked(AskedArgument, Platform?, InputLimits)
    }

    /// The name as the user wrote it.
    let name: String
    /// The tree.
    let tree: any ContainerTree
    /// Keeps the container as it is.
    private let stack: ContainerStack?
    private let isAsked: Bool

    /// Opens the tree.
    ///
    /// - Parameters:
    ///   - subject: The container or the image.
    ///   - name: As the user wrote it.
    ///   - store: The store.
    ///   - mode: Shared to read, exclusive to change.
    /// - Throws: `LayerError` for an image that is to be changed, `StorageError`, `TreeError`, `SystemError`.
    init(_ subject: Subject, name: String, in store: LayerStore, _ mode: LockMode) throws {
        self.name = name
        if case .asked = subject { isAsked = true } else { isAsked = false }
        switch subject {
        case .image(let image):
            guard mode == .shared else {
                throw LayerError(
                    .usage,
                    "\(name) is an image, which nothing can be copied into: create a container of it"
                )
            }
            stack = nil
            tree = UnionTree(try LowerStack(image.record.layers.map(\.key), in: store))
        case .asked(let argument, let platform, let limits):
            guard mode == .shared else {
                throw LayerError(.usage, "\(EscapedText.name(name.utf8)): nothing can be changed in it")
            }
            stack = nil
            let pool = LayerPool(store, platform: platform, limits: limits, readsContent: false)
            let asked = try pool.stack(argument)
            tree = UnionTree(LowerStack(asked.layers(of: argument).reversed()))
        case .container(let record):
            let stack = try ContainerStack(record.id.hex, in: store, mode)
            self.stack = stack
            tree = try Self.joined(Self.tree(stack, in: store, mode), stack, in: store)
        }
    }

    private static func tree(
        _ stack: ContainerStack,
        in store: LayerStore,
        _ mode: LockMode
    ) throws -> any ContainerTree {
        if stack.checkout != nil {
            return MountedTree(stack.upper, owners: OwnerRule(stack.form), work: try work(of: stack, in: store, mode))
        }
        if case .directory(let path) = try ContainerPlace.find(stack.record.id, in: store) {
            return MountedTree(try Directory(path: path), owners: OwnerRule(stack.form))
        }
        let work = try work(of: stack, in: store, mode)
        return try UnionTree(upper: stack.upper, work: work, over: stack.lowers, form: stack.form)
    }

    /// The work directory of a container that nobody else writes to, without what a writer that was killed has left in it.
    private static func work(
        of stack: ContainerStack,
        in store: LayerStore,
        _ mode: LockMode
    ) throws -> Directory? {
        guard mode == .exclusive else { return nil }
        let work = try store.containerDirectory(stack.record.id).open("work")
        try UnionTree.clear(work)
        return work
    }

    /// The tree with what the container has mounted in it.
    private static func joined(
        _ tree: any ContainerTree,
        _ stack: ContainerStack,
        in store: LayerStore
    ) throws -> any ContainerTree {
        guard !stack.record.mounts.isEmpty else { return tree }
        let joined = JoinedTree(tree)
        try joined.mount(stack.record.mounts, OwnerRule(stack.form), in: store)
        return joined
    }

    /// Finds SRC of a copy, or what a listing is about.
    func source(_ path: [UInt8], followsLast: Bool) throws -> CopySource {
        let place = try finding(path) { try tree.resolve(path, followsLast: followsLast) }
        return try CopySource(path, place, notFound: missing(path))
    }

    /// Finds DEST of a copy, or what is to be written.
    func destination(_ path: [UInt8]) throws -> CopyDestination {
        var stripped = path
        while stripped.suffix(2).elementsEqual("/.".utf8) { stripped.removeLast() }
        let place = try finding(path) { try tree.resolve(stripped, followsLast: true) }
        return try CopyDestination(path, place, refusal: "destination \(EscapedText.quoted(name.utf8 + [58] + path))")
    }

    /// Runs a search, and says it in Docker's words when something on the way is not there.
    private func finding(_ path: [UInt8], _ search: () throws -> TreePlace) throws -> TreePlace {
        do {
            return try search()
        } catch let error as TreeAccessError where error.reason == .notFound {
            throw missing(path)
        }
    }

    /// Source: moby `daemon/archive_unix.go`.
    func missing(_ path: [UInt8]) -> LayerError {
        let shown = EscapedText.name(path.first == UInt8(ascii: "/") ? path : Array("/".utf8) + path)
        let place = isAsked ? EscapedText.name(name.utf8) : "container \(name)"
        return LayerError(.notFound, "Could not find the file \(shown) in \(place)")
    }
}
