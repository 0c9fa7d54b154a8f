import ImageSpec
import LayerModel

/// The files of images that are to be written, all known by name, length and order before a layer is touched.
///
/// ```
/// blobs/<algorithm>/<hex>   configs, manifests and layers, each once
/// index.json                one entry a name; one without annotations for an image without a name
/// manifest.json             \
/// oci-layout                 > with those two of Docker's it is what `docker save` writes since v25
/// repositories              /  (left out when no image has a name)
/// ```
///
/// Docker adds a file a layer for readers from before 1.10 that nothing refers to and nobody can find: it is not written. No image is
/// missing from `index.json`, as an unnamed one behind a named one is with Docker. An image without layers is written, where Docker
/// refuses it.
///
/// Source: moby `daemon/internal/image/tarexport/save.go`; OCI image-spec `image-layout.md`.
package struct LayoutPlan: Sendable {
    /// How the files are laid out.
    package enum Form: Sendable {
        /// An OCI layout.
        case oci
        /// An OCI layout with Docker's documents in it.
        case docker
        /// What Docker wrote before v25.
        case dockerLegacy
    }

    /// What a member is.
    package enum Content: Sendable {
        case directory
        case link(target: String)
        case document([UInt8])
        case layer(OutgoingLayer)
    }

    /// The members by name.
    var contents: [String: Content] = [:]

    /// Plans the files.
    ///
    /// - Parameters:
    ///   - images: The images in the order that `index.json` and `manifest.json` are to have.
    ///   - form: How they are laid out.
    package init(_ images: [OutgoingImage], form: Form) {
        guard form != .dockerLegacy else {
            addLegacy(images)
            return
        }
        contents["blobs"] = .directory
        contents["oci-layout"] = .document(ImageLayoutFile.bytes)
        var entries: [Descriptor] = []
        for image in images {
            let manifest = image.manifest()
            addBlob(image.id.digest, .document(image.config.bytes))
            for layer in image.layers where !layer.isOmitted { addBlob(layer.blobDigest.digest, .layer(layer)) }
            addBlob(manifest.digest.digest, .document(manifest.bytes))
            entries += Self.entries(image, manifest.descriptor)
        }
        contents["index.json"] = .document(ImageIndex.encode(entries))
        guard form == .docker else { return }
        contents["manifest.json"] = .document(DockerManifest.encode(images.map(Self.dockerManifest)))
        let names = images.flatMap(Self.legacyNames)
        if !names.isEmpty { contents["repositories"] = .document(LegacyRepositories.encode(names)) }
    }

    /// All members in the order of their names' bytes, which puts directories before what lies in them.
    package var members: [(name: String, content: Content)] {
        contents.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { ($0.key, $0.value) }
    }

    private mutating func addBlob(_ digest: Digest, _ content: Content) {
        contents["blobs/\(digest.algorithm.rawValue)"] = .directory
        contents[Self.name(of: digest)] = content
    }

    private static func name(of digest: Digest) -> String { BlobNaming.layout.names(digest)[0] }

    /// What `index.json` says of an image: Docker and containerd read the full name, others the tag (contract L-114).
    private static func entries(_ image: OutgoingImage, _ manifest: Descriptor) -> [Descriptor] {
        guard !image.references.isEmpty else { return [manifest] }
        return image.references.map { reference in
            manifest.with(annotations: [
                AnnotationKey.containerdImageName: reference.description,
                AnnotationKey.refName: reference.tag ?? ImageReference.defaultTag,
            ])
        }
    }

    private static func dockerManifest(_ image: OutgoingImage) -> DockerManifest {
        DockerManifest(
            config: name(of: image.id.digest),
            repoTags: image.references.map(\.familiar),
            layers: image.layers.map { name(of: $0.blobDigest.digest) },
            layerSources: Dictionary(image.layers.map { ($0.diffID, $0.descriptor) }) { first, _ in first }
        )
    }

    private static func legacyNames(_ image: OutgoingImage) -> [(name: String, tag: String, layerID: String)] {
        guard let top = image.layers.last else { return [] }
        return image.references.map {
            ($0.familiarName, $0.tag ?? ImageReference.defaultTag, top.diffID.digest.hex)
        }
    }
}
