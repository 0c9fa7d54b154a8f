package import ImageSpec
package import LayerModel
import LayerSystem

extension LayerStore {
    /// Gives an image a name, and takes it from the image that had it.
    ///
    /// The caller holds a transaction: the image stays while this works.
    ///
    /// - Parameters:
    ///   - reference: The name, with a tag.
    ///   - id: The image.
    /// - Returns: The image that had the name, if it was another one.
    /// - Throws: `SystemError`.
    package func setName(_ reference: ImageReference, to id: ImageID) throws -> ImageID? {
        let names = try existingRoot().open(StoreLayout.names)
        let lock = try names.lock(.exclusive)
        defer { withExtendedLifetime(lock) {} }
        let place = Self.place(of: reference)
        let directory = try names.openOrMake(Array(place.dropLast()))
        let previous = try previousName(at: place, in: directory)
        // A name that stands already is left alone: nothing to write, nothing to wait for.
        guard previous?.id != id else { return nil }
        let record = NameRecord(reference: reference, id: id, time: Host.now())
        try RecordFile.replace(record.json, place[place.count - 1], in: directory)
        for depth in 0..<(place.count - 1) {
            try names.openIfPresent(Array(place.prefix(depth)))?.synchronize()
        }
        return previous?.id
    }

    /// The name that stands at a place; nil also for a damaged one, which is replaced.
    private func previousName(at place: [String], in directory: Directory) throws -> NameRecord? {
        do {
            return try name(at: place, in: directory)
        } catch let error as StorageError where error.kind == .corrupt {
            return nil
        }
    }

    /// Takes a name away, and the directories that only it was in.
    func removeName(_ reference: ImageReference) throws {
        let names = try existingRoot().open(StoreLayout.names)
        let lock = try names.lock(.exclusive)
        defer { withExtendedLifetime(lock) {} }
        var place = Self.place(of: reference)
        guard let directory = try names.openIfPresent(Array(place.dropLast())) else { return }
        try directory.unlink(place.removeLast())
        try directory.synchronize()
        while let last = place.popLast(), let parent = try names.openIfPresent(place) {
            do throws(SystemError) {
                try parent.removeDirectory(last)
            } catch {
                guard error.isAlreadyThere else { throw error }
                break
            }
        }
    }

    /// The name record of a reference with a tag; nil when there is none.
    func name(_ reference: ImageReference) throws -> NameRecord? {
        let place = Self.place(of: reference)
        guard let directory = try root?.openIfPresent([StoreLayout.names] + place.dropLast()) else { return nil }
        return try name(at: place, in: directory)
    }

    /// The image that a name leads to; nil where there is no such name, or its record is damaged.
    ///
    /// - Parameter text: A name as a user writes it; anything else is none.
    /// - Returns: The name in full, with its tag, and the image.
    /// - Throws: `SystemError`.
    package func target(ofName text: String) throws -> (reference: ImageReference, id: ImageID)? {
        guard let reference = Self.reference(text)?.withDefaultTag else { return nil }
        do {
            return try name(reference).map { (reference, $0.id) }
        } catch let error as StorageError where error.kind == .corrupt {
            return nil
        }
    }

    /// All names, by image, each image's sorted; and a line for each damaged record.
    package func allNames() throws -> (names: [ImageID: [NameRecord]], problems: [String]) {
        let (names, problems) = try readNames()
        return (names, problems.lines)
    }

    /// All names, by image, where none may be missing.
    ///
    /// - Throws: `SystemError`, also when a name cannot be read; one whose record is damaged is none.
    package func certainNames() throws -> [ImageID: [NameRecord]] {
        let (names, problems) = try readNames()
        try problems.checkReadable()
        return names
    }

    /// Reads all names, by image, each image's sorted.
    func readNames() throws -> (names: [ImageID: [NameRecord]], problems: RecordProblems) {
        var names: [ImageID: [NameRecord]] = [:]
        var problems = RecordProblems()
        try forEachName { _, found in
            switch found {
            case .record(let record): names[record.id, default: []].append(record)
            case .damaged(let error): try problems.add(error)
            case .hidden: break
            }
        }
        return (names.mapValues { $0.sorted { $0.reference < $1.reference } }, problems)
    }

    /// What stands at a place among the names.
    enum FoundName {
        /// A name.
        case record(NameRecord)
        /// What cannot be read, or is no name.
        case damaged(any Error)
        /// A record that is being written, or was: it has a dot in front and stands beside those that are.
        case hidden
    }

    /// Calls with all that stands among the names, in no order.
    ///
    /// - Parameter body: Gets the components of the place, as text, and what stands there.
    /// - Throws: `SystemError` when a directory cannot be read.
    func forEachName(_ body: (_ place: [String], _ found: FoundName) throws -> Void) throws {
        var directories: [(directory: Directory, place: [String])] = []
        if let top = try root?.openIfPresent([StoreLayout.names]) { directories.append((top, [])) }
        while let (directory, place) = directories.popLast() {
            for entry in try directory.listIfPresent() {
                let place = place + [String(decoding: entry, as: UTF8.self)]
                let found: FoundName
                do {
                    if entry.first == UInt8(ascii: ".") {
                        found = .hidden
                    } else if entry.first == Self.tagMark {
                        guard let record = try name(at: place, in: directory) else { continue }
                        found = .record(record)
                    } else {
                        directories.append((try directory.open(entry), place))
                        continue
                    }
                } catch let error as SystemError where error.isNotFound {
                    // It went since the directory was read.
                    continue
                } catch {
                    found = .damaged(error)
                }
                try body(place, found)
            }
        }
    }

    private static let tagMark = UInt8(ascii: ":")

    /// Directories for the components of the repository, and the record's own name: no component of a repository has a colon.
    private static func place(of reference: ImageReference) -> [String] {
        reference.name.split(separator: "/").map(String.init) + [":" + (reference.tag ?? ImageReference.defaultTag)]
    }

    /// Reads a record, which must be the one that belongs in its place: a copy elsewhere would be one name in two places.
    private func name(at place: [String], in directory: Directory) throws -> NameRecord? {
        let file = place[place.count - 1]
        guard let json = try RecordFile.read(file, in: directory) else { return nil }
        let subject = directory.label + "/" + file
        let record = try NameRecord(json, subject: subject)
        guard Self.place(of: record.reference) == place else {
            throw StorageError(.corrupt, subject, "damaged record: it is that of \(record.reference.familiar)")
        }
        return record
    }
}
