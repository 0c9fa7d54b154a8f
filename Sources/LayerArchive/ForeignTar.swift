internal import LayerModel

/// Makes a tar of an archive of another form.
package struct ForeignTar {
    private let open: () throws -> ForeignArchive
    private let writer: TarWriter
    /// By the first name of a file the further name that brings its content, as the newc cpio has it: by the last one.
    private var carriers: [[UInt8]: [UInt8]] = [:]
    /// Names of such a file that wait for the content.
    private var waiting: [[UInt8]: [TarHeader]] = [:]

    /// Prepares to write.
    ///
    /// - Parameters:
    ///   - writer: Takes the entries, in the order of the archive; a file whose content comes with its last name stands there.
    ///   - open: Opens the archive, which is read twice.
    package init(_ writer: TarWriter, open: @escaping () throws -> ForeignArchive) {
        self.open = open
        self.writer = writer
    }

    /// Reads the archive to its end, and ends the tar.
    ///
    /// - Throws: `ArchiveError`; what the writer's sink threw.
    package mutating func run() throws {
        try findCarriers()
        let archive = try open()
        while let header = try archive.next() { try add(header, from: archive) }
        try writer.finish()
    }

    private mutating func findCarriers() throws {
        let archive = try open()
        var empty: Set<[UInt8]> = []
        while let header = try archive.next() {
            if header.kind == .regular, header.byteCount == 0 { empty.insert(header.name) }
            guard header.kind == .hardLink, header.byteCount > 0, empty.remove(header.linkName) != nil else { continue }
            carriers[header.linkName] = header.name
        }
    }

    private mutating func add(_ header: TarHeader, from archive: ForeignArchive) throws {
        if header.kind == .regular, carriers[header.name] != nil {
            waiting[header.name] = []
        } else if header.kind == .hardLink, let carrier = carriers[header.linkName], waiting[header.linkName] != nil {
            guard carrier == header.name else {
                waiting[header.linkName]?.append(header)
                return
            }
            var file = header
            (file.name, file.kind, file.linkName) = (header.linkName, .regular, [])
            try write(file, from: archive)
            for link in (waiting.removeValue(forKey: header.linkName) ?? []) + [header] {
                try write(link, from: archive)
            }
        } else {
            try write(header, from: archive)
        }
    }

    private func write(_ header: TarHeader, from archive: ForeignArchive) throws {
        var header = header
        if header.name.isEmpty { header.name = Array("./".utf8) }
        guard header.kind == .regular else {
            header.byteCount = 0
            return try writer.add(header)
        }
        try writer.add(header)
        try unsafe archive.readBody(byteCount: header.byteCount) { unsafe try writer.write($0) }
    }
}
