import LayerDriver
import LayerModel
import LayerStorage
import LayerSystem
import LayerTree

@testable import LayerKit

/// Lets a driver show containers, edits them, and writes down what is seen.
struct CaseObserver {
    let store: ImageStore
    let driver: DriverUnderTest

    /// Observes one case; what goes wrong becomes a part of the observation.
    func observe(_ task: ConformanceCase.Task) -> Observation {
        var observation = Observation()
        do {
            var image = try store.image(task.imageID).id
            for (number, edits) in task.containers.enumerated() {
                let isLast = number == task.containers.count - 1
                let (seen, next) = try observe(image, edits, commits: task.isCommitted || !isLast)
                observation.containers.append(seen)
                image = next
            }
        } catch {
            observation.fault = "\(error)"
        }
        return observation
    }

    private func observe(
        _ image: ImageID,
        _ edits: [ContainerEdit],
        commits: Bool
    ) throws -> (Observation.Container, ImageID) {
        let layers = store.store
        let base = try layers.resolve(image.description)
        let id = try layers.createContainer(image: base, imageName: "case", name: nil, labels: [:]).id
        let name = id.hex
        // reason: the store goes with the test
        defer { try? layers.removeContainer(id, isForced: true, isDryRun: false, mounts: Self.noMounts) }
        var seen = try show(name, edits)
        seen.kept = try withTree(name, at: nil, .shared) { try ShownFile.read($0) }
        seen.keptChanges = try changes(name)
        var options = CommitOptions()
        options.isDryRun = !commits
        options.time = Timestamp(seconds: 1_000_000_000)
        let report = try store.commit(name, options)
        seen.diffID = report.diffID?.description
        if commits { seen.committed = try ShownFile.read(imageTree(report.imageID)) }
        return (seen, report.imageID)
    }

    /// Looks for no mounts: each look is one at all processes of the host, and these containers are known to be mounted no more.
    private static let noMounts = ContainerMounts(find: { _, _ in [:] }, unmount: { _, _ in })

    /// Has a container shown, edited and looked at.
    private func show(_ name: String, _ edits: [ContainerEdit]) throws -> Observation.Container {
        let path = try mount(name)
        let before = try withTree(name, at: path, .shared) { try ShownFile.read($0) }
        try edit(name, at: path, edits)
        let shown = try withTree(name, at: path, .shared) { try ShownFile.read($0) }
        let changes = try changes(name)
        if path != nil { try store.unmount(name) }
        return Observation.Container(before: before, shown: shown, kept: [:], changes: changes, keptChanges: [])
    }

    /// Mounts a container.
    ///
    /// - Returns: Its directory; nil for the view that needs none.
    func mount(_ name: String) throws -> String? {
        guard driver.kind != .union else { return nil }
        var options = MountOptions()
        options.driver = driver.kind.rawValue
        let details = try store.mount(name, options)
        guard details.driver == driver.kind.rawValue else { throw LayerError(.failure, "shown by \(details.driver)") }
        return String(decoding: details.path, as: UTF8.self)
    }

    /// Edits a container.
    func edit(_ name: String, at path: String?, _ edits: [ContainerEdit]) throws {
        try withTree(name, at: path, path == nil ? .exclusive : .shared) { tree in
            let editor = TreeEditor(tree: tree)
            for (number, edit) in edits.enumerated() {
                do {
                    if let path {
                        try MountEditor(root: path, tree: editor).run(edit, number: number)
                    } else {
                        try editor.run(edit, number: number)
                    }
                } catch {
                    throw LayerError(.failure, "edit \(number), \(edit): \(error)")
                }
            }
        }
    }

    /// Opens the tree of a container, as it is shown at a path or through its layers, under its lock.
    private func withTree<Value>(
        _ name: String,
        at path: String?,
        _ mode: LockMode,
        _ body: (any ContainerTree) throws -> Value
    ) throws -> Value {
        let stack = try ContainerStack(name, in: store.store, mode)
        defer { withExtendedLifetime(stack) {} }
        if let path { return try body(MountedTree(Directory(path: path), owners: OwnerRule(stack.form))) }
        let work = try mode == .shared ? nil : store.store.containerDirectory(stack.record.id).open("work")
        return try body(UnionTree(upper: stack.upper, work: work, over: stack.lowers, form: stack.form))
    }

    /// What `diff` lists.
    func changes(_ id: String) throws -> [String] {
        try store.changes(of: id).map { "\($0.kind.rawValue) \(String(decoding: $0.path, as: UTF8.self))" }
    }

    /// The tree of an image.
    func imageTree(_ id: ImageID) throws -> any ContainerTree {
        try OpenedTree(.image(store.store.resolve(id.description)), name: "image", in: store.store, .shared).tree
    }
}
