import LayerModel
package import LayerSystem

/// Gives files of a read-write layer that are files of another directory as well a copy of their own.
///
/// A copy is made in the work directory under a name that tells which file it is of, and put in place of each of that file's names; it goes
/// from there when the last one has it. So the names of one file stay names of one file wherever this is cut off and run again, unless the
/// store was copied between: a copy's files have other numbers.
///
/// A directory's time changes with every name that is replaced. Before that it is written down in the work directory, as the time of an empty
/// file whose name tells which directory it is of, and set again after it.
package struct LinkSeparation {
    private static let copyPrefix = ".separated-"
    private static let timePrefix = ".time-"

    private struct Place {
        let directory: LayerPath
        let name: [UInt8]
    }

    private let upper: Directory
    private let work: Directory
    private var places: [UInt64: [Place]] = [:]
    private var linkCounts: [UInt64: UInt64] = [:]
    private var directories: [UInt64: LayerPath] = [:]

    /// Separates all files of a read-write layer that is not mounted; when this returns they are on the disk.
    ///
    /// - Parameters:
    ///   - upper: Its root.
    ///   - work: Its work directory, on the same file system.
    /// - Throws: `SystemError`.
    package static func run(in upper: Directory, work: Directory) throws {
        var separation = LinkSeparation(upper: upper, work: work)
        let names = try work.list()
        let copies = names.filter { inode(of: $0, behind: copyPrefix) != nil }
        let times = names.filter { inode(of: $0, behind: timePrefix) != nil }
        try separation.collect(alsoOf: Set(copies.compactMap { inode(of: $0, behind: copyPrefix) }))
        for name in times { try separation.restore(time: name) }
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

    private static func inode(of name: [UInt8], behind prefix: String) -> UInt64? {
        guard name.starts(with: prefix.utf8) else { return nil }
        return UInt64(String(decoding: name.dropFirst(prefix.utf8.count), as: UTF8.self))
    }

    /// Finds the directories, and the names of files that have several.
    ///
    /// Of those that a copy was made of, one name is enough: the others may be gone.
    private mutating func collect(alsoOf copied: Set<UInt64>) throws(SystemError) {
        var pending = [LayerPath.root]
        while let path = pending.popLast() {
            let directory = try upper.openInRoot(path.bytes)
            directories[try directory.status().identity.inode] = path
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
        if let inode = Self.inode(of: copy, behind: Self.copyPrefix), let found = places[inode],
            try isCopy(made, of: found.first)
        {
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
            let status = try directory.status()
            let time = try keep(status.modificationTime, ofDirectory: status.identity.inode)
            let temporary = try TemporaryName.make(prefix: UnionContext.temporaryPrefix)
            try work.makeHardLink(temporary, to: work, copy)
            try work.rename(temporary, to: directory, as: place.name, replacing: true)
            try restore(time: time)
        }
        try work.unlink(copy)
    }

    /// Writes a directory's time down: the name of the file that has it.
    private func keep(_ time: Timestamp, ofDirectory inode: UInt64) throws(SystemError) -> [UInt8] {
        let temporary = try TemporaryName.make(prefix: UnionContext.temporaryPrefix)
        _ = try work.createFile(temporary)
        try work.setTimes(temporary, time)
        // It has its name when it has the time.
        let name = Array((Self.timePrefix + String(inode)).utf8)
        try work.rename(temporary, to: work, as: name, replacing: true)
        return name
    }

    /// Gives a directory the time that was written down; none that the store's copy has under another number.
    private func restore(time name: [UInt8]) throws(SystemError) {
        if let inode = Self.inode(of: name, behind: Self.timePrefix), let path = directories[inode] {
            try upper.openInRoot(path.bytes).setTimes(work.status(name).modificationTime)
        }
        try work.unlink(name)
    }

    /// Makes a copy in the work directory, which has its name when it is whole.
    private func copy(_ place: Place, as name: [UInt8]) throws(SystemError) {
        let directory = try upper.openInRoot(place.directory.bytes)
        let status = try directory.status(place.name)
        let attributes = try directory.extendedAttributes(of: place.name)
        let temporary = try TemporaryName.make(prefix: UnionContext.temporaryPrefix)
        let file = try work.createFile(temporary)
        try file.copyContent(of: directory.openFile(place.name))
        try work.setOwner(temporary, uid: status.uid, gid: status.gid)
        for attribute in attributes { try work.setExtendedAttribute(attribute, of: temporary) }
        try work.setMode(temporary, status.mode)
        try work.setTimes(temporary, status.modificationTime)
        try file.synchronize()
        try work.rename(temporary, to: work, as: name, replacing: true)
    }
}
