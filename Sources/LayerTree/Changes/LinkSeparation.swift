import LayerModel
package import LayerSystem

/// Gives files of a read-write layer that are files of another directory as well a copy of their own.
///
/// A copy is made in the work directory under a name that tells which file it is of, and put in place of each of that file's names; it goes
/// from there when the last one has it. So the names of one file stay names of one file wherever this is cut off and run again, unless the
/// store was copied between: a copy's files have other numbers.
package struct LinkSeparation {
    private static let copyPrefix = ".separated-"

    private struct Place {
        let directory: LayerPath
        let name: [UInt8]
    }

    private let upper: Directory
    private let work: Directory
    private var places: [UInt64: [Place]] = [:]
    private var linkCounts: [UInt64: UInt64] = [:]

    /// Separates all files of a read-write layer that is not mounted; when this returns they are on the disk.
    ///
    /// - Parameters:
    ///   - upper: Its root.
    ///   - work: Its work directory, on the same file system.
    /// - Throws: `SystemError`.
    package static func run(in upper: Directory, work: Directory) throws {
        var separation = LinkSeparation(upper: upper, work: work)
        let copies = try work.list().filter { inode(of: $0) != nil }
        try separation.collect(alsoOf: Set(copies.compactMap(inode)))
        // First what was begun: before anything is made that could get the number of a file that has gone since.
        for name in copies { try separation.finish(copy: name) }
        for (inode, places) in separation.places where separation.linkCounts[inode] ?? 0 > UInt64(places.count) {
            guard let first = places.first else { continue }
            let name = Array((copyPrefix + String(inode)).utf8)
            try separation.copy(first, as: name)
            try separation.place(copy: name, of: places)
        }
        try upper.synchronizeFileSystem()
    }

    private init(upper: Directory, work: Directory) {
        self.upper = upper
        self.work = work
    }

    private static func inode(of copy: [UInt8]) -> UInt64? {
        guard copy.starts(with: copyPrefix.utf8) else { return nil }
        return UInt64(String(decoding: copy.dropFirst(copyPrefix.utf8.count), as: UTF8.self))
    }

    /// Finds the names of files that have several, and of those that a copy was made of: of these the others may be gone.
    private mutating func collect(alsoOf copied: Set<UInt64>) throws(SystemError) {
        var pending = [LayerPath.root]
        while let path = pending.popLast() {
            let directory = try upper.openInRoot(path.bytes)
            for name in try directory.list() {
                let status = try directory.status(name)
                if status.kind == .directory { pending.append(path.appending(name)) }
                let inode = status.identity.inode
                guard status.kind == .regular, status.linkCount > 1 || copied.contains(inode) else { continue }
                places[inode, default: []].append(Place(directory: path, name: name))
                linkCounts[inode] = status.linkCount
            }
        }
    }

    /// Puts a copy that was made before under the names that still have the file itself.
    ///
    /// The names that have the copy already are done, though a name of it is left in the work directory as well: a second copy for them
    /// would make two files of one. No layer has any of them.
    private mutating func finish(copy: [UInt8]) throws(SystemError) {
        let made = try work.status(copy)
        places[made.identity.inode] = nil
        var begun: [Place] = []
        if let inode = Self.inode(of: copy), let found = places[inode], try isCopy(made, of: found.first) {
            begun = found
            places[inode] = nil
        }
        try place(copy: copy, of: begun)
    }

    /// Whether a copy can be one of a file: where the store was copied meanwhile, numbers mean other files.
    private func isCopy(_ made: FileStatus, of place: Place?) throws(SystemError) -> Bool {
        guard let place else { return false }
        let status = try upper.openInRoot(place.directory.bytes).status(place.name)
        return status.byteCount == made.byteCount && status.modificationTime == made.modificationTime
    }

    /// Puts a copy under all names that this layer has for a file; the directories keep their times.
    private func place(copy: [UInt8], of places: [Place]) throws(SystemError) {
        for place in places {
            let directory = try upper.openInRoot(place.directory.bytes)
            let time = try directory.status().modificationTime
            let temporary = try TemporaryName.make(prefix: UnionContext.temporaryPrefix)
            try work.makeHardLink(temporary, to: work, copy)
            try work.rename(temporary, to: directory, as: place.name, replacing: true)
            try directory.setTimes(time)
        }
        try work.unlink(copy)
    }

    /// Makes a copy in the work directory, which has its name when it is whole.
    private func copy(_ place: Place, as name: [UInt8]) throws(SystemError) {
        let directory = try upper.openInRoot(place.directory.bytes)
        let status = try directory.status(place.name)
        let attributes = try directory.extendedAttributes(of: place.name)
        let temporary = try TemporaryName.make(prefix: UnionContext.temporaryPrefix)
        let file = try work.createFile(temporary)
        _ = try file.copyContent(of: directory.openFile(place.name))
        try work.setOwner(temporary, uid: status.uid, gid: status.gid)
        for attribute in attributes { try work.setExtendedAttribute(attribute, of: temporary) }
        try work.setMode(temporary, status.mode)
        try work.setTimes(temporary, status.modificationTime)
        try file.synchronize()
        try work.rename(temporary, to: work, as: name, replacing: true)
    }
}
