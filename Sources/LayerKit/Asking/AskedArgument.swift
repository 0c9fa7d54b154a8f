import ImageTransport
import LayerModel
import LayerStorage
import LayerSystem

/// A tree as a user names it in a question: an image, a file with an image, one layer of either, a container, a directory.
///
/// `IMAGE@N` and `FILE@N` are the layer at that place, 1 for the lowest; a whole DiffID is a layer of the store. What exists on the host and
/// can hold an image is that file, then a container wins over an image, as for `inspect`, and a directory of the host comes last, but
/// for what begins with `/`, `./` or `../`.
struct AskedArgument {
    /// What was named.
    enum Subject {
        case archive(ImageArgument)
        case image(StoredImage)
        case container(ContainerRecord)
        case directory(String)
    }

    /// As the user wrote it.
    let text: String
    /// What it names, or lies in.
    let subject: Subject
    /// For a single layer its place, from 0 for the lowest.
    let position: Int?

    /// Finds what an argument means.
    ///
    /// - Parameters:
    ///   - text: What the user wrote.
    ///   - store: The store.
    /// - Throws: `LayerError` of code `notFound`; `StorageError`.
    init(_ text: String, in store: LayerStore) throws {
        guard let found = try Self(finding: text, in: store) else {
            throw LayerError(.notFound, "No such image, container, file or directory: \(EscapedText.name(text.utf8))")
        }
        self = found
    }

    /// Finds what an argument means; nil when it means nothing.
    ///
    /// - Parameters:
    ///   - text: What the user wrote.
    ///   - store: The store.
    /// - Throws: `StorageError`.
    init?(finding text: String, in store: LayerStore) throws {
        if !ImageLocator.isImageFile(text), let (base, number) = Self.layer(text),
            let whole = try Self(whole: base, in: store), whole.hasLayers
        {
            (self.text, subject, position) = (text, whole.subject, number - 1)
            return
        }
        guard let whole = try Self(whole: text, in: store) else { return nil }
        self = whole
    }

    /// Whether a text looks like a file of the host, or like one layer of an image.
    static func isFileOrLayer(_ text: String) -> Bool {
        ImageArgument(text).isFile || layer(text) != nil || LayerStore.digest(text) != nil
    }

    /// Whether single layers of it have a number.
    private var hasLayers: Bool {
        switch subject {
        case .archive, .image: position == nil
        case .container, .directory: false
        }
    }

    private init?(whole text: String, in store: LayerStore) throws {
        self.text = text
        let argument = ImageArgument(text)
        if argument.isFile {
            let isDirectory = !text.hasPrefix("-") && !ImageLocator.isImageFile(text) && Self.isDirectory(text)
            (subject, position) = (isDirectory ? .directory(text) : .archive(argument), nil)
        } else if let record = try store.containerIfPresent(text) {
            (subject, position) = (.container(record), nil)
        } else if let image = try store.imageIfPresent(text) {
            (subject, position) = (.image(image), nil)
        } else if let (image, position) = try Self.layer(named: text, in: store) {
            (subject, self.position) = (.image(image), position)
        } else if Self.isDirectory(text) {
            (subject, position) = (.directory(text), nil)
        } else {
            return nil
        }
    }

    /// The two parts of `IMAGE@N`; behind a colon `@N` chooses an image of a file.
    private static func layer(_ text: String) -> (base: String, number: Int)? {
        guard let at = text.lastIndex(of: "@"), at != text.startIndex, text[text.index(before: at)] != ":" else {
            return nil
        }
        let digits = text[text.index(after: at)...]
        guard !digits.isEmpty, digits.utf8.count <= 6, digits.utf8.allSatisfy({ 48...57 ~= $0 }) else { return nil }
        return Int(digits).map { (String(text[..<at]), $0) }
    }

    /// The first image of the store that has the layer of a DiffID.
    private static func layer(named text: String, in store: LayerStore) throws -> (StoredImage, Int)? {
        guard let digest = LayerStore.digest(text) else { return nil }
        for image in try store.images().images {
            if let place = image.record.layers.firstIndex(where: { $0.diffID.digest == digest }) {
                return (image, place)
            }
        }
        return nil
    }

    private static func isDirectory(_ path: String) -> Bool {
        do throws(SystemError) {
            _ = try Directory.searchable(path: path)
            return true
        } catch {
            return false
        }
    }
}

extension LayerStore {
    /// The container of a name; nil when there is none.
    func containerIfPresent(_ name: String) throws -> ContainerRecord? {
        do {
            return try container(name)
        } catch let error as StorageError where error.kind == .notFound {
            return nil
        }
    }

    /// The image of a name; nil when there is none, or when the text can be no name.
    func imageIfPresent(_ name: String) throws -> StoredImage? {
        do {
            return try resolve(name)
        } catch let error as StorageError where error.kind == .notFound || error.kind == .invalid {
            return nil
        }
    }
}
