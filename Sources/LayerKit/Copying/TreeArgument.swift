import ImageSpec
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
        if let record = try store.containerIfPresent(first) {
            self.init(.container(record), argument, nameEnd: colon)
            return
        }
        for end in Self.nameEnds(argument) {
            guard let image = try store.imageIfPresent(String(argument[..<end])) else { continue }
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

    /// Finds what an argument means that is only to be read: also a file with an image, a layer, and a name without a path, the root.
    ///
    /// Behind a file, which has a name as Docker's references have, the path begins at the first `:/`.
    ///
    /// - Parameters:
    ///   - argument: What the user wrote.
    ///   - store: The store.
    ///   - platform: The platform whose image is wanted where a file has several.
    ///   - limits: How much of a file is read before it is refused.
    /// - Throws: `LayerError`, `StorageError`.
    init(asking argument: String, in store: LayerStore, platform: Platform?, limits: InputLimits) throws {
        let ends = argument.indices.filter { argument[$0...].hasPrefix(":/") } + [argument.endIndex]
        for end in ends where AskedArgument.isFileOrLayer(String(argument[..<end])) {
            guard let asked = try AskedArgument(finding: String(argument[..<end]), in: store) else { continue }
            self.init(.asked(asked, platform, limits), argument, nameEnd: end)
            return
        }
        if let record = try store.containerIfPresent(argument) {
            self.init(.container(record), argument, nameEnd: argument.endIndex)
        } else if try !Self.beginsWithContainer(argument, store), let image = try store.imageIfPresent(argument) {
            self.init(.image(image), argument, nameEnd: argument.endIndex)
        } else if argument.contains(":") {
            try self.init(argument, in: store)
        } else {
            throw LayerError(.notFound, "No such image, container or file: \(EscapedText.name(argument.utf8))")
        }
    }

    private static func beginsWithContainer(_ argument: String, _ store: LayerStore) throws -> Bool {
        guard let colon = argument.firstIndex(of: ":") else { return false }
        return try store.containerIfPresent(String(argument[..<colon])) != nil
    }

    private static func nameEnds(_ argument: String) -> [String.Index] {
        let ends = argument.indices.filter { argument[$0] == ":" }
        let rooted = ends.first { argument[$0...].dropFirst().first == "/" }
        return (rooted.map { [$0] } ?? []) + ends.reversed().filter { $0 != rooted }
    }
}
