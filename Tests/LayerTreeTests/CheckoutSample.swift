import LayerModel
import LayerSystem
import LayerTestKit

@testable import LayerTree

/// A stack of layers, and checkouts of it in scratch directories.
struct CheckoutSample {
    let stack: UnpackedStack
    let lowers: LowerStack
    private let scratch: ScratchDirectory

    static let isRoot = Host.effectiveUserID == 0

    /// How this process sees a container's own layer in overlay form.
    static let upperForm = UpperForm(
        namespaces: isRoot ? .trusted : .user,
        ownUserID: Host.effectiveUserID,
        ownGroupID: Host.effectiveGroupID,
        hasExactOwners: isRoot
    )

    /// How it sees a checkout.
    static let form = {
        var form = upperForm
        form.namespaces = []
        form.isWholeTree = true
        return form
    }()

    /// Unpacks tars, the lowest layer first.
    init(_ tars: [[UInt8]]) throws {
        stack = try UnpackedStack(tars)
        lowers = LowerStack(
            stack.lowers.reversed().map { StackedLayer(index: $0.index, tree: $0.tree, isExact: Self.isRoot) }
        )
        scratch = try ScratchDirectory()
    }

    /// Unpacks layers of entries, the lowest first.
    init(_ layers: [[LayerEntry]]) throws {
        try self.init(layers.map { TarBuilder.tar($0) })
    }

    /// The path of a directory beside the layers.
    func path(_ name: String) -> String { scratch.path + "/" + name }

    /// An empty directory beside the layers.
    func directory(_ name: String) throws -> Directory {
        let parent = try Directory(path: scratch.path)
        try parent.makeDirectory(name, mode: 0o755)
        return try parent.open(name)
    }

    /// Makes a checkout.
    ///
    /// - Parameters:
    ///   - name: Its name beside the layers; an empty directory of that name may be there.
    ///   - upper: What the container has written; nil for nothing.
    /// - Returns: Its root and its record, as it is after it was written and read.
    /// - Throws: What making it met.
    func checkOut(_ name: String, _ upper: Directory? = nil) throws -> (root: Directory, record: CheckoutRecord) {
        let root = try directory(name)
        return (root, try checkOut(in: root, upper))
    }

    /// Makes a checkout in an empty directory.
    func checkOut(in root: Directory, _ upper: Directory? = nil) throws -> CheckoutRecord {
        let tree =
            if let upper {
                ChangeWalk.wholeTree(upper, over: lowers, form: Self.upperForm)
            } else {
                ChangeWalk.wholeTree(of: lowers)
            }
        let maker = CheckoutMaker(
            tree,
            lowers: lowers,
            upper: upper,
            settings: UnpackedStack.settings,
            workers: 2
        )
        let record = try maker.make(in: root, attributes: lowers.rootAttributes)
        return try CheckoutRecord(record.encoded(), finished: record.finished, of: lowers)
    }

    /// What a checkout has changed.
    func changes(_ checkout: (root: Directory, record: CheckoutRecord)) -> ChangeSet {
        ChangeWalk.changes(in: checkout.root, over: lowers, form: Self.form, checkout: checkout.record)
    }

    /// What an upper directory changes.
    func changes(in upper: Directory) -> ChangeSet {
        ChangeWalk.changes(in: upper, over: lowers, form: Self.upperForm)
    }

    /// Folds a checkout into a new upper directory.
    func fold(_ checkout: (root: Directory, record: CheckoutRecord), into name: String) throws -> Directory {
        let upper = try directory(name)
        var fold = UpperFold(
            changes(checkout),
            of: checkout.root,
            over: lowers,
            into: upper,
            settings: UnpackedStack.settings
        )
        try fold.write(root: FileAttributes(mode: 0o755))
        return upper
    }

    /// The tar of changes: equal tars say the same of names, attributes, content and links.
    func tar(_ changes: ChangeSet, _ upper: Directory) throws -> [UInt8] {
        let files = ChangedFiles(upper: upper, lowers: lowers)
        return try UnpackedStack.bytes(of: ChangeTar(changes.changes, files, latestTime: nil))
    }
}

extension ChangeSet {
    /// The changes as `docker diff` prints them.
    var lines: [String] {
        changes.filter(\.isListed).sorted { $0.path.bytes.lexicographicallyPrecedes($1.path.bytes) }
            .map { "\($0.kind.rawValue) \($0.path)" }
    }
}
