import LayerModel
import LayerSystem

/// A directory of the host as the files of an image; nothing leads out of it.
final class LayoutDirectory: ArchiveContents {
    let label: String
    let limits: InputLimits
    let isDirectory = true
    /// A directory is asked for names, and never listed.
    let names: [LayerPath] = []
    private let directory: Directory

    init(_ directory: Directory, label: String, limits: InputLimits) {
        self.directory = directory
        self.label = label
        self.limits = limits
    }

    func resolve(_ path: LayerPath) throws -> MemberLookup {
        let status: FileStatus
        do {
            status = try directory.statusInRoot(path, followsLastLink: true)
        } catch let error {
            if error.isNotFound || error.isNotDirectory { return .absent }
            if error.isLinkRefused { return .tooManyLinks }
            throw TransportError.wrapping(error, subject(path.bytes))
        }
        guard status.kind == .regular else { return .notRegular }
        let place = ContentBlob.Place.file(directory, path)
        return .file(ContentBlob(name: .subject(subject(path.bytes)), place: place, byteCount: status.byteCount))
    }
}
