import LayerModel
import LayerStorage

/// `NAME:PATH`, with the container or the image found that the name means.
struct TreeArgument {
    /// What the name means.
    let subject: OpenedTree.Subject
    /// The name as it is written.
    let name: String
    /// The path as it is written; it begins at the root of the tree also without a slash.
    let path: [UInt8]

    /// Finds what an argument means.
    ///
    /// A container wins: names of containers have no colon, so its name ends at the first one. The name of an image ends before the
    /// first `:/`, or else at the last colon with which the rest is an image's name.
    ///
    /// - Parameters:
    ///   - argument: What the user wrote.
    ///   - store: The store.
    /// - Throws: `LayerError` of code `usage` where there is no path, `StorageError`.
    init(_ argument: String, in store: LayerStore) throws {
        guard let colon = argument.firstIndex(of: ":") else {
            throw LayerError(.usage, "\(EscapedText.quoted(argument.utf8)) names no path: write NAME:PATH")
        }
        let first = String(argument[..<colon])
        if let record = try Self.container(first, in: store) {
            self.init(.container(record), argument, nameEnd: colon)
            return
        }
        for end in Self.nameEnds(argument) {
            guard let image = try Self.image(String(argument[..<end]), in: store) else { continue }
            self.init(.image(image), argument, nameEnd: end)
            return
        }
        throw LayerError(.notFound, "No such container: \(EscapedText.name(first.utf8))")
    }

    private init(_ subject: OpenedTree.Subject, _ argument: String, nameEnd: String.Index) {
        self.subject = subject
        name = String(argument[..<nameEnd])
        path = Array(argument[nameEnd...].utf8.dropFirst())
    }

    private static func nameEnds(_ argument: String) -> [String.Index] {
        let ends = argument.indices.filter { argument[$0] == ":" }
        let rooted = ends.first { argument[$0...].dropFirst().first == "/" }
        return (rooted.map { [$0] } ?? []) + ends.reversed().filter { $0 != rooted }
    }

    private static func container(_ name: String, in store: LayerStore) throws -> ContainerRecord? {
        do {
            return try store.container(name)
        } catch let error as StorageError where error.kind == .notFound {
            return nil
        }
    }

    private static func image(_ name: String, in store: LayerStore) throws -> StoredImage? {
        do {
            return try store.resolve(name)
        } catch let error as StorageError where error.kind == .notFound || error.kind == .invalid {
            return nil
        }
    }
}
