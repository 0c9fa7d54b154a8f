import LayerArchive
import LayerModel
import LayerStorage
import LayerSystem
import LayerTree

extension ImageStore {
    /// Copies between a container and the host as `docker cp` does, also out of an image, and from container to container.
    ///
    /// Nothing needs to be mounted; what is mounted is changed through its mount. Paths of a container are followed inside of it alone,
    /// whatever a program there does to them meanwhile.
    ///
    /// Source: docker/cli `cli/command/container/cp.go`; contract 3.10.
    ///
    /// - Parameters:
    ///   - source: SRC; `-` reads a tar, compressed or not, from the standard input.
    ///   - destination: DEST; `-` writes a tar to the standard output.
    ///   - options: How to copy.
    /// - Returns: What was copied; what comes into a container is on the disk by then.
    /// - Throws: `LayerError`: `usage`, `notFound`, `failure` for what cannot be copied to where it should go.
    public func copy(
        _ source: String,
        to destination: String,
        _ options: CopyOptions = CopyOptions()
    ) throws(LayerError) -> CopyReport {
        try LayerError.catching {
            guard !source.isEmpty else { throw LayerError(.usage, "source can not be empty") }
            guard !destination.isEmpty else { throw LayerError(.usage, "destination can not be empty") }
            switch (CopyArgument(source), CopyArgument(destination)) {
            case (.tree(let from), .tree(let to)): return try copyWithin(from, to, options)
            case (.tree(let from), .host(let path)): return try copyOut(from, path, options)
            case (.tree(let from), .stream): return try writeTar(of: from, options)
            case (.host(let path), .tree(let to)): return try copyIn(path, to, options)
            case (.stream, .tree(let to)): return try extractTar(to, options)
            default: throw LayerError(.usage, "must specify at least one container source")
            }
        }
    }

    private func copyOut(_ from: String, _ path: String, _ options: CopyOptions) throws -> CopyReport {
        let argument = try TreeArgument(from, in: store)
        let opened = try OpenedTree(argument.subject, name: argument.name, in: store, .shared)
        let bytes = Array(path.utf8)
        let place = try hostDestination(bytes)
        let destination = try CopyDestination(
            bytes,
            place,
            refusal: "invalid output path: \(EscapedText.quoted(bytes))"
        )
        let source = try opened.source(argument.path, followsLast: options.followsLinks)
        let rule = CopyRule(
            owners: options.isArchive ? .kept : .invoker,
            keepsExtendedAttributes: options.isArchive
        )
        let copy = try destination.take(source, rule, isSameTree: false, mayLackDevices: Self.mayLackDevices)
        let shown = path.hasPrefix("/") ? path : try Host.currentDirectory() + "/" + path
        return CopyReport(byteCount: copy.byteCount, destination: shown, warnings: copy.warnings)
    }

    private func hostDestination(_ path: [UInt8]) throws -> TreePlace {
        do {
            return try HostTree().resolve(path, followsLast: true)
        } catch let error as SystemError where error.isNotFound {
            let parent = path.split(separator: UInt8(ascii: "/")).dropLast().joined(separator: [UInt8(ascii: "/")])
            let shown = (path.first == UInt8(ascii: "/") ? Array("/".utf8) : []) + Array(parent)
            let reason = "invalid output path: directory \(EscapedText.quoted(shown)) does not exist"
            throw LayerError(.notFound, reason, cause: error)
        }
    }

    private func copyIn(_ path: String, _ to: String, _ options: CopyOptions) throws -> CopyReport {
        let bytes = Array(path.utf8)
        let missing = LayerError(.notFound, "lstat \(EscapedText.name(bytes)): no such file or directory")
        let place: TreePlace
        do {
            place = try HostTree().resolve(bytes, followsLast: options.followsLinks)
        } catch let error as SystemError where error.isNotFound {
            throw missing
        }
        let source = try CopySource(bytes, place, notFound: missing)
        return try withDestination(to) { opened, destination in
            try destination.take(source, options.ruleInside, isSameTree: false, mayLackDevices: Self.mayLackDevices)
        }
    }

    private func copyWithin(_ from: String, _ to: String, _ options: CopyOptions) throws -> CopyReport {
        let argument = try TreeArgument(from, in: store)
        let target = try TreeArgument(to, in: store)
        func take(_ opened: OpenedTree, from other: OpenedTree) throws -> CopyReport {
            let source = try other.source(argument.path, followsLast: options.followsLinks)
            let copy = try opened.destination(target.path).take(
                source,
                options.ruleInside,
                isSameTree: opened === other,
                mayLackDevices: Self.mayLackDevices
            )
            try opened.tree.synchronize()
            return CopyReport(copy, target)
        }
        guard argument.containerID != target.containerID else {
            let opened = try OpenedTree(target.subject, name: target.name, in: store, .exclusive)
            return try take(opened, from: opened)
        }
        // Two copies in opposite directions must not wait for each other: locks are taken in one order.
        if argument.order < target.order {
            let other = try OpenedTree(argument.subject, name: argument.name, in: store, .shared)
            return try take(OpenedTree(target.subject, name: target.name, in: store, .exclusive), from: other)
        }
        let opened = try OpenedTree(target.subject, name: target.name, in: store, .exclusive)
        return try take(opened, from: OpenedTree(argument.subject, name: argument.name, in: store, .shared))
    }

    private func withDestination(
        _ to: String,
        _ body: (OpenedTree, CopyDestination) throws -> TreeCopy
    ) throws -> CopyReport {
        let target = try TreeArgument(to, in: store)
        let opened = try OpenedTree(target.subject, name: target.name, in: store, .exclusive)
        let copy = try body(opened, opened.destination(target.path))
        try opened.tree.synchronize()
        return CopyReport(copy, target)
    }

    /// Device nodes are root's to make; others get what is beside them, and a word about it.
    static var mayLackDevices: Bool { Host.effectiveUserID != 0 || !UserNamespace.isInitial }
}

extension TreeArgument {
    /// The container's ID; nil for an image.
    fileprivate var containerID: ContainerID? {
        if case .container(let record) = subject { return record.id }
        return nil
    }

    /// In which order containers are locked.
    fileprivate var order: String { containerID?.hex ?? "" }

    /// The argument for people.
    var shown: String {
        "\(name):\(path.first == UInt8(ascii: "/") ? "" : "/")\(String(decoding: path, as: UTF8.self))"
    }
}

extension CopyOptions {
    /// Which attributes copies get in a container.
    var ruleInside: CopyRule {
        CopyRule(owners: isArchive ? .kept : .root, keepsExtendedAttributes: isArchive)
    }
}

extension CopyReport {
    init(_ copy: TreeCopy, _ target: TreeArgument) {
        self.init(byteCount: copy.byteCount, destination: target.shown, warnings: copy.warnings)
    }
}
