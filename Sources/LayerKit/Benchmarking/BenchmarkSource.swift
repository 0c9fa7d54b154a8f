import LayerModel
import LayerSystem

/// Where the image of a benchmark comes from.
struct BenchmarkSource {
    /// The smallest file system that is made in a file, in bytes; what is not used takes no room.
    private static let leastRoom: Int64 = 4 << 30
    private static let archiveName = "image.tar"

    private let options: BenchmarkOptions
    /// An image of the user's store.
    private let stored: (store: ImageStore, details: ImageDetails)?

    /// Looks for the image.
    ///
    /// - Parameter options: What is asked for.
    /// - Throws: `LayerError`: `notFound`.
    init(_ options: BenchmarkOptions) throws {
        self.options = options
        guard case .named(let text) = options.image, let name = ImageArgument(text).name else {
            stored = nil
            return
        }
        let store = try ImageStore(root: options.storeRoot, access: .reading)
        stored = (store, try store.image(name))
    }

    /// The image's name in a report.
    var name: String {
        switch options.image {
        case .made: "made"
        case .named(let text): text
        }
    }

    /// How large a file system has to be for all that is done with the image, in bytes.
    var roomByteCount: Int64 {
        let byteCount: Int64
        switch options.image {
        case .made(let size): byteCount = size.byteCount + Int64(size.fileCount) * 4096
        case .named(let text):
            // reason: what cannot be looked at is found out when it is loaded; a layout's directory has no size
            let file = try? File.openForReading(path: text).byteCount()
            byteCount = stored?.details.treeByteCount ?? (file ?? 0) * 4
        }
        return max(Self.leastRoom, byteCount * 16)
    }

    /// Puts the archive into the room, unless it is a file already.
    ///
    /// - Parameter room: Where.
    /// - Returns: The archive.
    /// - Throws: `LayerError`, `SystemError`.
    func archive(in room: BenchmarkRoom) throws -> ImageArgument {
        switch options.image {
        case .named(let text) where stored == nil:
            guard text != "-" else { throw LayerError(.usage, "the standard input can be read only once: name a file") }
            return ImageArgument(text)
        case .named(let text):
            let file = try room.directory.createFile(Self.archiveName)
            try stored?.store.save([text]) { try file.write($0) }
        case .made(let size):
            let file = try room.directory.createFile(Self.archiveName)
            try ImageDraft.write([BenchmarkImage.made(size)]) { try file.write($0) }
        }
        return .file(room.path + "/" + Self.archiveName)
    }
}
