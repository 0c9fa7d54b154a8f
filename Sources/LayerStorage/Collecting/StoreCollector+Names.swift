import LayerSystem

extension StoreCollector {
    /// Takes what writers of names have left: records that are not whole, and directories without any.
    ///
    /// - Throws: `SystemError`.
    mutating func takeNames() throws {
        guard let names = try root.openIfPresent([StoreLayout.names]) else { return }
        let lock = try names.lock(.exclusive)
        defer { withExtendedLifetime(lock) {} }
        _ = try takeNames(in: names, at: [StoreLayout.names])
    }

    /// - Returns: Whether anything stays.
    private mutating func takeNames(in directory: Directory, at place: [String]) throws -> Bool {
        var stays = false
        for name in try directory.list() {
            if name.starts(with: RecordFile.temporaryPrefix.utf8) {
                try take(.unfinished, name, in: directory, at: place)
            } else if let child = try self.directory(name, in: directory) {
                // A component of a repository is no longer than a path of names may be: text as it stands.
                let isKept = try takeNames(in: child, at: place + [String(decoding: name, as: UTF8.self)])
                if !isKept { try takeEmptied(name, in: directory, at: place) }
                stays = stays || isKept
            } else {
                stays = true
            }
        }
        return stays
    }
}
