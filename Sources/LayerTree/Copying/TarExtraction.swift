package import LayerArchive
import LayerModel
import LayerSystem

/// Puts what a tar holds into a directory of a tree.
///
/// Names are taken below the directory, and one with `..` in it is refused. Links on the way to a name are followed as programs in the
/// container would follow them, `/` being the container's root (`var/run -> /run` is in every second image); nothing leads out of the
/// tree. What stands there is replaced, but a directory only by a directory, and nothing else by one.
///
/// Source: moby `go-archive/archive.go`, `Unpack`.
package struct TarExtraction {
    private let base: [any TreeDirectory]
    private let rule: CopyRule
    private let mayLackDevices: Bool
    /// The directory that the last entry went to: most entries follow one of the same.
    private var recent: (path: LayerPath, directories: [any TreeDirectory])?
    /// Directories get their attributes when nothing is made in them any more.
    private var directories: [(path: LayerPath, change: AttributeChange)] = []

    /// The bytes of content that were extracted.
    package private(set) var byteCount: Int64 = 0
    /// What was passed over.
    package private(set) var warnings: [String] = []
    /// What the tar says of the directory itself, which keeps its attributes; nil when it says nothing.
    package private(set) var rootChange: AttributeChange?

    /// Prepares to extract.
    ///
    /// - Parameters:
    ///   - base: The directories from the root of the tree down to the one that entries go to.
    ///   - rule: Which attributes they get.
    ///   - mayLackDevices: Whether device nodes are passed over where they are refused.
    package init(into base: [any TreeDirectory], _ rule: CopyRule, mayLackDevices: Bool) {
        self.base = base
        self.rule = rule
        self.mayLackDevices = mayLackDevices
    }

    /// Extracts all entries.
    ///
    /// - Parameter reader: A tar before its first entry.
    /// - Throws: `ArchiveError`, `CopyError`, `TreeError` for names that are refused, `TreeAccessError`, `SystemError`.
    package mutating func extract(_ reader: TarReader) throws {
        while try reader.next() { try extractEntry(of: reader) }
        for (path, change) in directories.reversed() {
            var holder = base[0]
            for component in path.components.dropLast() { holder = try holder.open(Array(component)) }
            try holder.setAttributes(Array(path.name), change)
        }
    }

    private mutating func extractEntry(of reader: TarReader) throws {
        let path = try Self.path(Array(reader.name))
        guard let parent = path.parent else {
            if reader.kind == .directory { rootChange = try change(reader) }
            return
        }
        let holders = try open(parent, makesMissing: true)
        let holder = holders[holders.count - 1]
        let name = Array(path.name)
        let former = try holder.entry(name)
        if let former, (former.kind == .directory) != (reader.kind == .directory) {
            let reason = reader.kind == .directory ? CopyError.Reason.fileByDirectory : .directoryByFile
            throw CopyError(reason, at: Array("/".utf8) + holder.path.appending(name).bytes)
        }
        // What lies behind a link may be another directory from now on.
        if former?.kind == .symbolicLink { recent = nil }
        if reader.kind == .hardLink { return try link(name, in: holder, to: reader) }
        let change = try change(reader)
        if reader.kind == .directory {
            if former == nil { try makeDirectory(name, in: holder) }
            directories.append((holder.path.appending(name), change))
        } else {
            try put(name, in: holder, change, reader)
        }
    }

    private func change(_ reader: TarReader) throws -> AttributeChange {
        var attributes = FileAttributes(mode: reader.mode, uid: reader.uid, gid: reader.gid)
        attributes.modificationTime = reader.modificationTime
        if rule.keepsExtendedAttributes { attributes.extendedAttributes = try reader.extendedAttributes() }
        return rule.change(reader.kind, attributes)
    }

    private mutating func put(
        _ name: [UInt8],
        in holder: any TreeDirectory,
        _ change: AttributeChange,
        _ reader: TarReader
    ) throws {
        switch reader.kind {
        case .regular:
            let byteCount = reader.byteCount
            let file = NewFile.regular { file in
                try reader.readBody { chunk, offset in try file.write(chunk, at: offset) }
                if try file.byteCount() != byteCount { try file.setByteCount(byteCount) }
            }
            try holder.put(name, file, change)
            self.byteCount += byteCount
        case .symbolicLink: try holder.put(name, .symbolicLink(Array(reader.linkName)), change)
        default:
            do {
                try holder.put(name, .node(reader.kind, reader.device), change)
            } catch let error as SystemError where error.isNotPermitted && reader.kind != .fifo && mayLackDevices {
                let path = Array("/".utf8) + holder.path.appending(name).bytes
                warnings.append("\(EscapedText.name(path)): only root can make a device node")
            }
        }
    }

    private mutating func link(_ name: [UInt8], in holder: any TreeDirectory, to reader: TarReader) throws {
        let target = try Self.path(Array(reader.linkName))
        guard let parent = target.parent else { throw CopyError(.badLink, at: Array(reader.linkName)) }
        let holders = try open(parent, makesMissing: false)
        let source = holders[holders.count - 1]
        guard let entry = try source.entry(Array(target.name)), entry.kind != .directory else {
            throw CopyError(.badLink, at: Array(reader.linkName))
        }
        try holder.link(name, to: source, Array(target.name))
    }

    /// Opens the directory that a path leads to.
    private mutating func open(_ path: LayerPath, makesMissing: Bool) throws -> [any TreeDirectory] {
        if let recent, recent.path == path { return recent.directories }
        var opened = base
        for component in path.components.map({ Array($0) }) {
            let holder = opened[opened.count - 1]
            if makesMissing, try holder.entry(component) == nil {
                try makeDirectory(component, in: holder)
                let attributes = FileAttributes(mode: 0o755, modificationTime: Host.now())
                try holder.setAttributes(component, rule.change(.directory, attributes))
            }
            opened = try TreeWalk.resolve(component, from: opened, followsLast: true).opened()
        }
        if makesMissing { recent = (path, opened) }
        return opened
    }

    private func makeDirectory(_ name: [UInt8], in holder: any TreeDirectory) throws {
        var attributes = AttributeChange()
        attributes.mode = 0o700
        try holder.makeDirectory(name, attributes)
    }

    private static func path(_ name: [UInt8]) throws -> LayerPath {
        do throws(LayerPathError) {
            return try LayerPath(normalizing: name)
        } catch {
            throw TreeError.entry(name: name, reason: "\(error)")
        }
    }
}
