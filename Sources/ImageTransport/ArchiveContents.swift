import LayerModel

/// The files that an image is made of, whatever they lie in: a tar or a directory.
protocol ArchiveContents: AnyObject, Sendable {
    /// What messages call the file.
    var label: String { get }
    /// What is too much, in the documents and in the layers.
    var limits: InputLimits { get }
    /// Whether the files lie in a directory of the host.
    var isDirectory: Bool { get }
    /// Follows a name to the bytes of a file.
    func resolve(_ path: LayerPath) throws -> MemberLookup
    /// The names of all members, where they are known without a walk.
    var names: [LayerPath] { get }
}

extension ArchiveContents {
    /// The subject of an error about a member, or about the whole file.
    func subject(_ member: (some Collection<UInt8>)?) -> TransportError.Subject {
        TransportError.Subject(file: label, member: member.map { EscapedText.name($0) })
    }

    /// The subject of an error about the whole file.
    var subject: TransportError.Subject { TransportError.Subject(file: label) }

    /// Looks up a member by a name that a document of the archive gives.
    ///
    /// - Parameter name: The name; one with `..` is no name of a member.
    /// - Returns: The file, or nil when nothing has that name.
    /// - Throws: `TransportError` when the name leads to something that is no file, or to two of them.
    func find(_ name: String) throws -> ContentBlob? {
        guard let path = MemberTable.path(of: name.utf8) else { return nil }
        let subject = subject(name.utf8)
        switch try resolve(path) {
        case .file(let blob): return blob
        case .absent: return nil
        case .repeated: throw TransportError(.invalid, subject, "the archive holds two members of this name")
        case .notRegular: throw TransportError(.invalid, subject, "not a regular file")
        case .tooManyLinks: throw TransportError(.invalid, subject, "too many levels of symbolic links")
        }
    }
}
