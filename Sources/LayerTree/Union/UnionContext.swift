import LayerModel
import LayerSystem

/// What all directories of a union tree share.
final class UnionContext {
    static let temporaryPrefix = ".layerctl-"

    /// The layers below.
    let lowers: LowerStack
    /// How the read-write layer says what it changes.
    let form: UpperForm
    let owners: OwnerRule
    let reader: StateReader
    private let work: Directory?
    /// Counts the directories that were copied up: handles that were opened before look again.
    var generation = 0
    private var hasWritten = false
    /// Of each layer the nodes that have several names.
    private lazy var sharedNodes: [Set<Int>] = lowers.layers.map { layer in
        Set(layer.index.nodes.lazy.filter { $0.primary != $0.ordinal }.map(\.primary))
    }

    init(_ lowers: LowerStack, _ form: UpperForm, work: Directory?) {
        self.lowers = lowers
        self.form = form
        self.work = work
        owners = OwnerRule(form)
        reader = StateReader(lowers: lowers, form: form)
    }

    /// Whether several names share a node's file.
    func isShared(_ reference: LowerStack.Reference) -> Bool {
        sharedNodes[reference.layer].contains(lowers.node(reference).primary)
    }

    /// Makes something under a temporary name, and takes it away again when that fails.
    ///
    /// - Parameter body: Makes it, and puts it where it belongs.
    /// - Returns: What the body returns.
    /// - Throws: What the body throws; `TreeAccessError` where nothing can be changed.
    func staging<R>(_ body: (_ work: Directory, _ name: String) throws -> R) throws -> R {
        guard let work else { throw TreeAccessError(.readOnly, Array("/".utf8)) }
        hasWritten = true
        let name = try TemporaryName.make(prefix: Self.temporaryPrefix)
        do {
            return try body(work, name)
        } catch {
            // reason: the first error is the one to report, and the next writer clears what stays.
            try? work.removeTree(name)
            throw error
        }
    }

    /// Returns when what was written has reached the device.
    func synchronize() throws {
        if hasWritten { try work?.synchronizeFileSystem() }
    }

    /// The full name of an attribute by which overlayfs is told something.
    func overlayAttribute(_ key: String, _ value: String) -> ExtendedAttribute {
        let prefix = form.namespaces.contains(.trusted) ? "trusted.overlay." : "user.overlay."
        return ExtendedAttribute(name: Array((prefix + key).utf8), value: Array(value.utf8))
    }
}
