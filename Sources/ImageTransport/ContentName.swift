import LayerModel

/// What errors call the bytes of one file of an image; most files never meet one, so that nothing is escaped before.
enum ContentName: Sendable {
    /// What a document calls the bytes, or the file as a whole.
    case subject(TransportError.Subject)
    /// A member of an archive.
    case member(of: TransportError.Subject, LayerPath)

    /// The subject of an error.
    var subject: TransportError.Subject {
        switch self {
        case .subject(let subject): subject
        case .member(let archive, let path): archive.naming(member: path.bytes)
        }
    }
}
