import LayerModel
import LayerSystem

extension UnionDirectory {
    func makeDirectory(_ name: [UInt8], _ attributes: AttributeChange) throws {
        let found = try find(name)
        guard !found.isThere else { throw TreeAccessError(.alreadyThere, self, name) }
        let directory = try upperForWriting()
        try context.staging { work, temporary in
            try work.makeDirectory(temporary, mode: 0o700)
            if found.after?.directory != nil {
                try work.setExtendedAttribute(context.overlayAttribute("opaque", "y"), of: temporary)
            }
            try context.owners.apply(attributes, to: temporary, .directory, in: work)
            try place(temporary, of: work, as: name, in: directory)
        }
    }

    func put(_ name: [UInt8], _ file: NewFile, _ attributes: AttributeChange) throws {
        guard try kind(of: find(name)) != .directory else { throw TreeAccessError(.isDirectory, self, name) }
        let directory = try upperForWriting()
        try context.staging { work, temporary in
            try file.make(temporary, in: work)
            try context.owners.apply(attributes, to: temporary, file.kind, in: work)
            try place(temporary, of: work, as: name, in: directory)
        }
    }

    func link(_ name: [UInt8], to directory: any TreeDirectory, _ oldName: [UInt8]) throws {
        guard let source = directory as? UnionDirectory, source.context === context else {
            throw TreeAccessError(.otherTree, self, name)
        }
        guard try source.kind(of: source.findPresent(oldName)) != .directory else {
            throw TreeAccessError(.isDirectory, source, oldName)
        }
        guard try kind(of: find(name)) != .directory else { throw TreeAccessError(.isDirectory, self, name) }
        let former = try source.copyUp(oldName)
        let target = try upperForWriting()
        try context.staging { work, temporary in
            try work.makeHardLink(temporary, to: former, oldName)
            try place(temporary, of: work, as: name, in: target)
        }
    }

    func remove(_ name: [UInt8]) throws {
        let found = try findPresent(name)
        guard found.after != nil else { return try removeFromUpper(name) }
        let directory = try upperForWriting()
        try context.staging { work, temporary in
            if try makeWhiteout(temporary, in: work) { try markWhiteouts(directory) }
            try place(temporary, of: work, as: name, in: directory)
        }
    }

    func setAttributes(_ name: [UInt8], _ change: AttributeChange) throws {
        guard let kind = try kind(of: findPresent(name)) else { return }
        let directory = try copyUp(name)
        try context.owners.apply(change, to: name, kind, in: directory)
    }

    /// Moves anything but a directory to another name, in place of what stands there.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - directory: Where it goes.
    ///   - newName: Its name there.
    /// - Throws: `TreeAccessError`, `SystemError`.
    func rename(_ name: [UInt8], to directory: UnionDirectory, as newName: [UInt8]) throws {
        guard try kind(of: findPresent(name)) != .directory else { throw TreeAccessError(.isDirectory, self, name) }
        guard directory.path != path || name != newName else { return }
        try directory.link(newName, to: self, name)
        try remove(name)
    }

    /// Removes a name that no layer below has: nothing is to stay.
    private func removeFromUpper(_ name: [UInt8]) throws {
        guard let directory = try upper() else { throw TreeAccessError(.notFound, self, name) }
        try context.staging { work, temporary in
            try directory.rename(name, to: work, as: temporary, replacing: false)
            try work.removeTree(temporary)
        }
    }

    /// Puts something in its place in one step; what stood there goes.
    private func place(_ temporary: String, of work: Directory, as name: [UInt8], in directory: Directory) throws {
        let isDirectory = try work.status(temporary).kind == .directory
        let former = try directory.statusIfPresent(name)
        if let former, isDirectory || former.kind == .directory {
            try work.exchange(temporary, with: directory, name)
            try work.removeTree(temporary)
        } else {
            try work.rename(temporary, to: directory, as: name, replacing: true)
            // Two names of one file: then the rename did nothing, and this is one too many.
            if former?.linkCount ?? 1 > 1, try work.statusIfPresent(temporary) != nil { try work.unlink(temporary) }
        }
        guard context.form.readsMarkers else { return }
        let marker = Whiteout.prefix + name
        if let status = try directory.statusIfPresent(marker), status.kind == .regular { try directory.unlink(marker) }
    }

    /// Makes a mark for a removed name.
    ///
    /// - Returns: Whether the directory that it comes into must say that there are such marks: where device nodes are refused.
    private func makeWhiteout(_ name: String, in work: Directory) throws(SystemError) -> Bool {
        do throws(SystemError) {
            try work.makeWhiteout(name)
            return false
        } catch {
            guard error.isNotPermitted || error.isNotSupported else { throw error }
            _ = try work.createFile(name, mode: 0o600)
            try work.setExtendedAttribute(context.overlayAttribute("whiteout", ""), of: name)
            return true
        }
    }

    private func markWhiteouts(_ directory: Directory) throws(SystemError) {
        try directory.setExtendedAttribute(context.overlayAttribute("opaque", "x"))
        noteMarkedWhiteouts()
    }
}
