import Foundation
import LayerModel
import LayerStorage
import LayerSystem
import LayerTree

@testable import LayerKit

/// One run of a script.
final class ScriptRun {
    private let observer: CaseObserver
    private let store: ImageStore
    private let image: ImageID
    private var faults: [String] = []

    init(_ observer: CaseObserver) throws {
        self.observer = observer
        store = observer.store
        guard let image = try store.images().images.first?.id else { throw LayerError(.notFound, "no image") }
        self.image = image
    }

    func run(_ script: StoreScript) throws -> [String] {
        switch script {
        case .closeTwice: try closeTwice()
        case .readOnly: try readOnly()
        case .nameTaken: try nameTaken()
        case .inUse: try inUse()
        case .intermediate: try intermediate()
        case .states: try states()
        case .socket: try socket()
        case .twoContainers: try twoContainers()
        case .cutOff: try cutOff()
        case .rootMode: try rootMode()
        }
        return faults
    }

    private func check(_ condition: Bool, _ text: String) {
        if !condition { faults.append(text) }
    }

    private func check(_ code: LayerError.Code, _ text: String, _ body: () throws -> Void) throws {
        do {
            try body()
            faults.append("\(text): done")
        } catch let error as LayerError {
            check(error.code == code, "\(text): \(error.message)")
        }
    }

    private func create(_ name: String, of image: ImageID? = nil) throws {
        _ = try store.createContainer(of: image ?? self.image, imageName: "image", name: name)
    }

    private func edit(_ name: String, _ edits: ContainerEdit...) throws {
        let path = try observer.mount(name)
        try observer.edit(name, at: path, edits)
        if path != nil { try observer.unmount(name) }
    }

    private func names(of image: ImageID) throws -> [String] {
        try ShownFile.read(observer.imageTree(image)).keys.sorted()
    }

    private func closeTwice() throws {
        try create("box")
        if try observer.mount("box") != nil { try observer.unmount("box") }
        try check(.notFound, "unmounted twice") { try store.unmount("box") }
        try store.removeContainer("box")
        try check(.notFound, "removed twice") { try store.removeContainer("box") }
    }

    private func readOnly() throws {
        try create("box")
        var options = MountOptions()
        (options.driver, options.isReadOnly) = (observer.driver.kind.rawValue, true)
        for name in ["box", image.description] {
            let path = String(decoding: try store.mount(name, options).path, as: UTF8.self)
            check(try TestPath.text(path + "/f") == "1", "\(name) is not shown")
            check(open(path + "/new", O_WRONLY | O_CREAT, 0o644) < 0 && errno == EROFS, "\(name): written")
            check(unlink(path + "/f") != 0 && errno == EROFS, "\(name): removed")
            try observer.unmount(name)
        }
    }

    private func nameTaken() throws {
        try create("box")
        try check(.conflict, "created twice") { try create("box") }
        _ = try observer.mount("box")
        try check(.conflict, "created while shown") { try create("box") }
        if observer.driver.kind != .union { try observer.unmount("box") }
    }

    private func inUse() throws {
        try create("box")
        let path = try observer.mount("box")
        try check(.conflict, "image removed") { _ = try store.remove(image.description) }
        guard let path else { return }
        try check(.conflict, "container removed") { try store.removeContainer("box") }
        check(try TestPath.text(path + "/f") == "1", "not shown any more")
        try store.unmount("box")
        try store.removeContainer("box")
        _ = try store.remove(image.description)
        check(try store.images().images.isEmpty, "the image is still there")
    }

    private func intermediate() throws {
        try create("lower")
        try edit("lower", .write("b", [50]))
        let middle = try store.commit("lower").imageID
        try create("upper", of: middle)
        try edit("upper", .write("c", [51]), .remove("d"))
        let top = try store.commit("upper").imageID
        for name in ["lower", "upper"] { try store.removeContainer(name) }
        for id in [middle, image] { _ = try store.remove(id.description) }
        check(try names(of: top) == ["b", "c", "f"], "\(try names(of: top))")
        try create("box", of: top)
        try edit("box", .remove("b"))
        check(try observer.changes("box") == ["D /b"], "\(try observer.changes("box"))")
    }

    private func states() throws {
        for name in ["one", "two"] { try create(name) }
        let path = try observer.mount("one")
        for container in try store.containers().containers {
            // Each is asked once more while they are listed.
            let again = try store.container(container.id.hex)
            check(again.state == container.state && again.name == container.name, container.name)
            let isShown = path != nil && container.name == "one"
            check((container.state == .mounted) == isShown, "\(container.name) is \(container.state)")
        }
        check(try store.mounts().count == (path == nil ? 0 : 1), "mounts")
        if path != nil { try store.unmount("one") }
        check(try store.container("one").state == .created, "still shown")
    }

    private func socket() throws {
        try create("box")
        guard let path = try observer.mount("box") else { return }
        check(mknod(path + "/s", S_IFSOCK | 0o644, 0) == 0, "no socket: \(errno)")
        check(mknod(path + "/p", S_IFIFO | 0o644, 0) == 0, "no FIFO: \(errno)")
        check(try observer.changes("box") == ["A /p", "A /s"], "\(try observer.changes("box"))")
        try store.unmount("box")
        let report = try store.commit("box")
        check(report.warnings.count == 1 && report.warnings[0].contains("/s"), "\(report.warnings)")
        check(try names(of: report.imageID) == ["d", "f", "p"], "\(try names(of: report.imageID))")
    }

    private func twoContainers() throws {
        for name in ["one", "two"] { try create(name) }
        let paths = try ["one", "two"].map { try observer.mount($0) }
        try observer.edit("one", at: paths[0], [.append("f", [50]), .write("one", []), .remove("d")])
        try observer.edit("two", at: paths[1], [.write("two", []), .setMode("d", 0o700)])
        check(try observer.changes("one") == ["D /d", "C /f", "A /one"], "\(try observer.changes("one"))")
        check(try observer.changes("two") == ["C /d", "A /two"], "\(try observer.changes("two"))")
        check(try names(of: image) == ["d", "f"], "the image has changed")
        for (name, path) in zip(["one", "two"], paths) where path != nil { try store.unmount(name) }
        check(try observer.changes("one") == ["D /d", "C /f", "A /one"], "afterwards")
    }

    private func rootMode() throws {
        try create("box")
        guard let path = try observer.mount("box") else { return }
        var status = stat()
        check(
            stat(path, &status) == 0 && status.st_mode & 0o7777 == 0o755,
            "the root is \(String(status.st_mode, radix: 8))"
        )
        try store.unmount("box")
        let report = try store.commit("box")
        check(report.diffID == nil && report.changes.isEmpty, "changed")
    }

    private func cutOff() throws {
        try create("box")
        let path = try observer.mount("box")
        try observer.edit("box", at: path, [.write("new", [])])
        // Whoever comes next finds it as it is, asks no question twice and can clear it.
        let other = CaseObserver(
            store: try ImageStore(root: store.store.path, access: .writing),
            driver: observer.driver
        )
        check(try other.mount("box") == path, "shown elsewhere")
        check(try other.changes("box") == ["A /new"], "\(try other.changes("box"))")
        try other.store.removeContainer("box", isForced: true)
        check(try store.mounts().isEmpty && store.containers().containers.isEmpty, "left behind")
    }
}

/// Files of scripts.
private enum TestPath {
    static func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }
}
