import LayerModel
import LayerSystem

/// Copies from one tree into another.
///
/// Links are copied as links, several names of one file as several names of one file. Sockets are passed over, and so are devices where
/// this process may make none. Directories get their attributes when all in them is copied.
///
/// Source: moby `go-archive/archive.go`, `Unpack`, for what may replace what.
package struct TreeCopy {
    private let rule: CopyRule
    private let mayLackDevices: Bool
    /// Where the first names of files stand that have several.
    private var firstNames: [FileIdentity: [[UInt8]]] = [:]
    private let target: any TreeDirectory

    /// The bytes of content that were copied.
    package private(set) var byteCount: Int64 = 0
    /// What was passed over.
    package private(set) var warnings: [String] = []

    /// Prepares to copy.
    ///
    /// - Parameters:
    ///   - target: The directory that copies go to.
    ///   - rule: Which attributes they get.
    ///   - mayLackDevices: Whether device nodes are passed over where they are refused.
    package init(into target: any TreeDirectory, _ rule: CopyRule, mayLackDevices: Bool) {
        self.target = target
        self.rule = rule
        self.mayLackDevices = mayLackDevices
    }

    /// Copies what stands at one name, with all below it.
    ///
    /// - Parameters:
    ///   - entry: What stands there.
    ///   - name: The name.
    ///   - source: Where it stands.
    ///   - newName: The copy's name in the target directory.
    /// - Throws: `CopyError`, `TreeAccessError`, `SystemError`.
    package mutating func copy(
        _ entry: TreeEntry,
        _ name: [UInt8],
        of source: any TreeDirectory,
        as newName: [UInt8]
    ) throws {
        try copy(entry, name, of: source, as: newName, in: target, at: [newName])
    }

    /// Copies all that lies in a directory.
    ///
    /// - Parameter source: The directory.
    /// - Throws: `CopyError`, `TreeAccessError`, `SystemError`.
    package mutating func copyContents(of source: any TreeDirectory) throws {
        try copyContents(of: source, to: target, at: [])
    }

    /// Copies a directory that is open already, as a directory with another name.
    ///
    /// - Parameters:
    ///   - source: The directory.
    ///   - newName: The copy's name in the target directory.
    /// - Throws: `CopyError`, `TreeAccessError`, `SystemError`.
    package mutating func copy(directory source: any TreeDirectory, as newName: [UInt8]) throws {
        try copyDirectory(source.ownEntry(), source, as: newName, in: target, at: [newName])
    }

    private mutating func copy(
        _ entry: TreeEntry,
        _ name: [UInt8],
        of source: any TreeDirectory,
        as newName: [UInt8],
        in directory: any TreeDirectory,
        at components: [[UInt8]]
    ) throws {
        if entry.kind == .directory {
            return try copyDirectory(entry, source.open(name), as: newName, in: directory, at: components)
        }
        if try directory.entry(newName)?.kind == .directory {
            throw CopyError(.directoryByFile, at: Self.path(newName, in: directory))
        }
        if let link = entry.link {
            if let first = firstNames[link] { return try self.link(newName, in: directory, to: first) }
            firstNames[link] = components
        }
        let attributes = rule.change(entry.kind, entry.attributes)
        switch entry.kind {
        case .symbolicLink: try directory.put(newName, .symbolicLink(entry.target), attributes)
        case .regular:
            let file = try source.openFile(name)
            try directory.put(newName, .copy(of: file), attributes)
            byteCount += entry.byteCount
        case .socket:
            if let link = entry.link { firstNames[link] = nil }
            warnings.append("\(EscapedText.name(Self.path(name, in: source))): a socket is not copied")
        default: try copyNode(entry, name, of: source, as: newName, in: directory, attributes)
        }
    }

    private mutating func copyDirectory(
        _ entry: TreeEntry,
        _ source: any TreeDirectory,
        as newName: [UInt8],
        in directory: any TreeDirectory,
        at components: [[UInt8]]
    ) throws {
        let former = try directory.entry(newName)
        if let former, former.kind != .directory {
            throw CopyError(.fileByDirectory, at: Self.path(newName, in: directory))
        }
        let names = try source.list()
        if former == nil {
            var attributes = AttributeChange()
            attributes.mode = 0o700
            try directory.makeDirectory(newName, attributes)
        }
        let copy = try directory.open(newName)
        for name in names { try copyName(name, of: source, to: copy, at: components) }
        try directory.setAttributes(newName, rule.change(.directory, entry.attributes))
    }

    private mutating func copyContents(
        of source: any TreeDirectory,
        to directory: any TreeDirectory,
        at components: [[UInt8]]
    ) throws {
        for name in try source.list() { try copyName(name, of: source, to: directory, at: components) }
    }

    private mutating func copyName(
        _ name: [UInt8],
        of source: any TreeDirectory,
        to directory: any TreeDirectory,
        at components: [[UInt8]]
    ) throws {
        // Another process may remove a name meanwhile, of the host or of a container that is in use.
        guard let entry = try source.entry(name) else { return }
        try copy(entry, name, of: source, as: name, in: directory, at: components + [name])
    }

    private mutating func copyNode(
        _ entry: TreeEntry,
        _ name: [UInt8],
        of source: any TreeDirectory,
        as newName: [UInt8],
        in directory: any TreeDirectory,
        _ attributes: AttributeChange
    ) throws {
        do {
            try directory.put(newName, .node(entry.kind, entry.device), attributes)
        } catch let error as SystemError where error.isNotPermitted && entry.kind != .fifo && mayLackDevices {
            if let link = entry.link { firstNames[link] = nil }
            warnings.append("\(EscapedText.name(Self.path(name, in: source))): only root can make a device node")
        }
    }

    private func link(_ name: [UInt8], in directory: any TreeDirectory, to first: [[UInt8]]) throws {
        var holder = target
        for component in first.dropLast() { holder = try holder.open(component) }
        try directory.link(name, to: holder, first[first.count - 1])
    }

    private static func path(_ name: [UInt8], in directory: any TreeDirectory) -> [UInt8] {
        Array("/".utf8) + directory.path.appending(name).bytes
    }
}
