import LayerModel
package import LayerSystem

/// Gives files of a read-write layer that are files of another directory as well a copy of their own.
package struct LinkSeparation {
    private struct Place {
        let directory: LayerPath
        let name: [UInt8]
    }

    private let upper: Directory
    private var places: [FileIdentity: [Place]] = [:]
    private var linkCounts: [FileIdentity: UInt64] = [:]

    /// Separates all files of a read-write layer that is not mounted.
    ///
    /// - Parameter upper: Its root.
    /// - Throws: `SystemError`.
    package static func run(in upper: Directory) throws(SystemError) {
        var separation = LinkSeparation(upper: upper)
        try separation.collect()
        for (file, places) in separation.places where separation.linkCounts[file] ?? 0 > UInt64(places.count) {
            try separation.separate(places)
        }
    }

    private init(upper: Directory) {
        self.upper = upper
    }

    private mutating func collect() throws(SystemError) {
        var pending = [LayerPath.root]
        while let path = pending.popLast() {
            let directory = try upper.openInRoot(path.bytes)
            for name in try directory.list() {
                let status = try directory.status(name)
                if status.kind == .directory { pending.append(path.appending(name)) }
                guard status.kind == .regular, status.linkCount > 1 else { continue }
                places[status.identity, default: []].append(Place(directory: path, name: name))
                linkCounts[status.identity] = status.linkCount
            }
        }
    }

    /// Puts a copy under all names that this layer has for a file.
    private func separate(_ places: [Place]) throws(SystemError) {
        guard let first = places.first else { return }
        let directory = try upper.openInRoot(first.directory.bytes)
        try copy(first.name, in: directory)
        for place in places.dropFirst() {
            let other = try upper.openInRoot(place.directory.bytes)
            let temporary = try TemporaryName.make(prefix: ".layerctl-")
            try other.makeHardLink(temporary, to: directory, first.name)
            try other.rename(temporary, to: other, as: place.name, replacing: true)
        }
    }

    private func copy(_ name: [UInt8], in directory: Directory) throws(SystemError) {
        let status = try directory.status(name)
        let attributes = try directory.extendedAttributes(of: name)
        let temporary = try TemporaryName.make(prefix: ".layerctl-")
        let file = try directory.createFile(temporary)
        _ = try file.copyContent(of: directory.openFile(name))
        try directory.setOwner(temporary, uid: status.uid, gid: status.gid)
        for attribute in attributes { try directory.setExtendedAttribute(attribute, of: temporary) }
        try directory.setMode(temporary, status.mode)
        try directory.setTimes(temporary, status.modificationTime)
        try file.synchronize()
        try directory.rename(temporary, to: directory, as: name, replacing: true)
    }
}
