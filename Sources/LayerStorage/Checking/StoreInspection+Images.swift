import LayerModel
import LayerSystem
import LayerTree

extension StoreInspection {
    private static let imageFiles = ["image.json", "config.json", "manifest.json"]

    /// Looks at all images.
    mutating func inspectImages() {
        let ids = inspectObjects(StoreLayout.images, .image, .directory).map { ImageID($0) }
        for id in ids {
            inspectImage(id)
            if findings.contains(where: { $0.kind == .image && $0.id == id.description }) { wantedImages.insert(id) }
        }
    }

    private mutating func inspectImage(_ id: ImageID) {
        let text = id.description
        guard let directory = open(StoreLayout.image(id), of: .image, text) else { return }
        for name in list(directory, of: .image, text) {
            guard Self.imageFiles.contains(where: { name.elementsEqual($0.utf8) }) else {
                report(StoreFinding(.image, text, name, "unexpected: no image has such a file"))
                continue
            }
            inspect(name, in: directory, .image, text, name, is: .regular)
        }
        do {
            guard let image = try store.storedImage(id) else {
                return report(StoreFinding(.image, text, Array("image.json".utf8), "missing", remedy: Remedy.archive))
            }
            inspectLayers(of: image)
            try inspectManifest(of: image, in: directory)
        } catch { report(.image, text, error, in: directory, remedy: Remedy.archive) }
    }

    private mutating func inspectManifest(of image: StoredImage, in directory: Directory) throws {
        let isThere = try directory.statusIfPresent("manifest.json") != nil
        if isThere, image.record.manifestDigest == nil {
            let reason = "unexpected: the image came without one"
            report(StoreFinding(.image, image.record.id.description, Array("manifest.json".utf8), reason))
        } else {
            _ = try store.manifestBytes(of: image)
        }
    }

    private mutating func inspectLayers(of image: StoredImage) {
        let id = image.record.id.description
        for layer in image.record.layers { inspectUse(of: layer, by: .image, id) }
        for layer in image.record.layers {
            // reason: of one that cannot be looked at the check of blobs says so
            guard let digest = layer.blobDigest, let byteCount = layer.blobByteCount,
                let file = try? store.openBlob(digest), let found = try? file.byteCount(), found != byteCount
            else { continue }
            let reason = "it has \(found) bytes, and the record of image \(id) says \(byteCount)"
            report(StoreFinding(.blob, digest.description, nil, reason, remedy: Remedy.blob))
        }
    }

    /// Looks whether a layer that something needs is there; what is wrong in it is said of the layer itself.
    mutating func inspectUse(of layer: ImageRecord.Layer, by kind: StoreFinding.Kind, _ id: String) {
        do {
            guard try store.layerDirectory(layer.key) != nil else {
                wantedLayers.insert(layer.key)
                let reason = "its layer \(layer.diffID) is not in the store"
                return report(StoreFinding(kind, id, nil, reason, remedy: Remedy.archive))
            }
            guard let record = try store.intactLayer(layer.key), record.summary.diffID != layer.diffID else { return }
            let reason = "what lies in the place of its layer \(layer.diffID) is layer \(record.summary.diffID)"
            report(StoreFinding(kind, id, nil, reason, remedy: Remedy.archive))
        } catch {
            // What is no directory has been said of the layer.
        }
    }

    /// Looks whether an image that something needs is there.
    ///
    /// - Parameters:
    ///   - image: The image.
    ///   - kind: What needs it.
    ///   - id: Which one.
    mutating func inspectUse(of image: ImageID, by kind: StoreFinding.Kind, _ id: String) {
        guard isAbsent(StoreLayout.image(image)) else { return }
        wantedImages.insert(image)
        report(StoreFinding(kind, id, nil, "its image \(image) is not in the store", remedy: Remedy.archive))
    }
}
