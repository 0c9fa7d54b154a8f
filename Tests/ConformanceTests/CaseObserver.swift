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
            var images = [try store.image(task.imageID).id]
            for edits in task.containers {
                let (seen, next) = try observe(images[images.count - 1], edits)
                observation.containers.append(seen)
                images.append(next)
            }
            // The next driver is to make them itself.
            for image in images.dropFirst().reversed() {
                _ = try store.store.remove(image.description, isForced: false, isDryRun: false)
            }
        } catch {
            observation.fault = "\(error)"
        }
        return observation
    }

    private func observe(
        _ image: ImageID,
        _ edits: [ContainerEdit]
    ) throws -> (Observation.Container, ImageID) {
        let layers = store.store
        let base = try layers.resolve(image.description)
        let id = try layers.createContainer(image: base, imageName: "case", name: nil, labels: [:]).id
        let name = id.hex
        // reason: the store goes with the test
        defer { try? layers.removeContainer(id, isForced: true, isDryRun: false, mounts: Self.noMounts) }
        var seen = try show(name, edits)
        seen.kept = try withStack(name, at: nil) { try ShownFile.read(tree($0, at: nil)) }
        seen.keptChanges = try changes(name)
        var options = CommitOptions()
        options.time = Timestamp(seconds: 1_000_000_000)
        let report = try store.commit(name, options)
        seen.diffID = report.diffID?.description
        seen.committed = try ShownFile.read(imageTree(report.imageID))
        return (seen, report.imageID)
    }

    /// Looks for no mounts: each look is one at all processes of the host, and these containers are known to be mounted no more.
    private static let noMounts = ContainerMounts(find: { _, _ in [:] }, unmount: { _, _ in })

    /// Has a container shown, edited and looked at.
    private func show(_ name: String, _ edits: [ContainerEdit]) throws -> Observation.Container {
        let path = try mount(name)
        let (before, shown) = try withStack(name, at: path) { stack in
            let before = try ShownFile.read(tree(stack, at: path))
            try edit(stack, at: path, edits)
            return (before, try ShownFile.read(tree(stack, at: path)))
        }
        let changes = try changes(name)
        if path != nil { try unmount(name) }
        return Observation.Container(before: before, shown: shown, kept: [:], changes: changes, keptChanges: [])
    }

    /// Unmounts a container.
    ///
    /// Other tests of this process start programs, which have a moment's hold of all that is open here.
    func unmount(_ name: String) throws {
        for _ in 0..<100 {
            do throws(LayerError) {
                return try store.unmount(name)
            } catch {
                guard error.code == .conflict else { throw error }
                Host.pause(milliseconds: 50)
            }
        }
        try store.unmount(name)
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
        try withStack(name, at: path) { try edit($0, at: path, edits) }
    }

    private func edit(_ stack: ContainerStack, at path: String?, _ edits: [ContainerEdit]) throws {
        let editor = TreeEditor(tree: try tree(stack, at: path, isWriting: true))
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

    /// Opens a container under the lock that editing takes.
    private func withStack<Value>(
        _ name: String,
        at path: String?,
        _ body: (ContainerStack) throws -> Value
    ) throws -> Value {
        let stack = try ContainerStack(name, in: store.store, path == nil ? .exclusive : .shared)
        defer { withExtendedLifetime(stack) {} }
        return try body(stack)
    }

    /// Opens the tree of a container, as it is shown at a path or through its layers.
    private func tree(_ stack: ContainerStack, at path: String?, isWriting: Bool = false) throws -> any ContainerTree {
        if let path { return try MountedTree(Directory(path: path), owners: OwnerRule(stack.form)) }
        let work = try isWriting ? store.store.containerDirectory(stack.record.id).open("work") : nil
        return try UnionTree(upper: stack.upper, work: work, over: stack.lowers, form: stack.form)
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
