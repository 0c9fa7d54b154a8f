import ImageSpec
import LayerModel
import LayerStorage

/// The images that are to be saved, each once, and the names that they are saved under.
///
/// A name without a tag stands for all tags of the repository, an ID for the image without a name.
///
/// Source: moby `daemon/internal/image/tarexport/save.go`, `parseNames`.
struct SaveSelection {
    /// The images in the order in which they were first named, their names sorted.
    private(set) var images: [(image: StoredImage, references: [ImageReference])] = []
    private let store: LayerStore

    /// Finds images.
    ///
    /// - Parameters:
    ///   - names: What the user wrote.
    ///   - store: Where they are.
    /// - Throws: `StorageError`: `notFound`, `conflict`, `corrupt`.
    init(_ names: [String], in store: LayerStore) throws {
        self.store = store
        for name in names { try add(name) }
    }

    private mutating func add(_ name: String) throws {
        let reference = Self.reference(name)
        if let reference, reference.tag == nil, reference.digest == nil {
            let all = try store.names(inRepository: reference.name)
            for record in all { add(try store.resolve(record.reference.familiar), record.reference) }
            if !all.isEmpty { return }
        }
        let image = try store.resolve(name)
        let isNamed = reference.map { wanted in image.names.contains { $0.reference == wanted } } ?? false
        add(image, isNamed ? reference : nil)
    }

    private mutating func add(_ image: StoredImage, _ reference: ImageReference?) {
        let place = images.firstIndex { $0.image.record.id == image.record.id } ?? images.count
        if place == images.count { images.append((image, [])) }
        guard let reference, !images[place].references.contains(reference) else { return }
        images[place].references.append(reference)
        images[place].references.sort()
    }

    private static func reference(_ text: String) -> ImageReference? {
        do throws(ReferenceError) {
            return try ImageReference(parsing: text)
        } catch {
            return nil
        }
    }

    /// Checks that all images are for one of some platforms.
    ///
    /// Source: moby `daemon/images/image.go`.
    ///
    /// - Parameter platforms: The platforms.
    /// - Throws: `LayerError` of code `notFound` for the first one that is not.
    func check(_ platforms: [Platform]) throws {
        for (image, references) in images {
            let offered = image.config.platform
            let isWanted = platforms.contains { platform in
                offered.map { platform.rank(of: $0, isStrict: true) != nil } == true
            }
            guard !isWanted else { continue }
            let wanted = platforms.map(\.description).joined(separator: " or ")
            let name = references.first?.familiar ?? image.record.id.description
            let reason = "was found but does not match the specified platform: wanted \(wanted)"
            let found = offered?.description ?? "unknown"
            throw LayerError(.notFound, "image with reference \(name) \(reason), found \(found)")
        }
    }
}
