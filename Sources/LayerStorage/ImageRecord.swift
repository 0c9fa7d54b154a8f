package import ImageSpec
package import LayerModel

/// What the store writes beside an image's documents (`image.json`).
package struct ImageRecord: Hashable, Sendable {
    /// A layer of the image.
    package struct Layer: Hashable, Sendable {
        /// The layer's identity.
        package let diffID: DiffID
        /// The directory that it lies in.
        package let key: LayerKey
        /// The digest of the bytes that this image brought it in.
        package let blobDigest: BlobDigest?
        /// The length of those bytes.
        package let blobByteCount: Int64?

        /// Describes a layer.
        package init(diffID: DiffID, key: LayerKey, blobDigest: BlobDigest?, blobByteCount: Int64?) {
            self.diffID = diffID
            self.key = key
            self.blobDigest = blobDigest
            self.blobByteCount = blobByteCount
        }

        var json: JSONObject {
            var json: JSONObject = [
                "diffID": .string(diffID.description), "key": .string(key.digest.description),
            ]
            if let blobDigest { json["blobDigest"] = .string(blobDigest.description) }
            if let blobByteCount { json["blobByteCount"] = JSONValue(blobByteCount) }
            return json
        }

        init(_ fields: RecordFields) throws(StorageError) {
            diffID = DiffID(try fields.digest("diffID"))
            key = LayerKey(try fields.digest("key"))
            blobDigest = try fields.optionalDigest("blobDigest").map { BlobDigest($0) }
            blobByteCount = try fields.optionalNumber("blobByteCount")
        }
    }

    /// The image's identity.
    package let id: ImageID
    /// The layers, the lowest first.
    package let layers: [Layer]
    /// The image that this one was built on here; nil for one that came whole, and where nothing is known of it.
    package let base: ImageBase?
    /// The manifest's digest, where there is one.
    package let manifestDigest: BlobDigest?
    /// The form of the file that the image came in.
    package let sourceFormat: String

    /// Describes an image.
    package init(
        id: ImageID,
        layers: [Layer],
        base: ImageBase? = nil,
        manifestDigest: BlobDigest?,
        sourceFormat: String
    ) {
        self.id = id
        self.layers = layers
        self.base = base
        self.manifestDigest = manifestDigest
        self.sourceFormat = sourceFormat
    }

    var json: JSONObject {
        var json: JSONObject = [
            "id": .string(id.description),
            "sourceFormat": .string(sourceFormat),
            "layers": .array(layers.map { .object($0.json) }),
        ]
        if let manifestDigest { json["manifestDigest"] = .string(manifestDigest.description) }
        if let name = base?.name { json["baseName"] = .string(name) }
        if let digest = base?.manifestDigest { json["baseManifestDigest"] = .string(digest.description) }
        return json
    }

    init(_ json: JSONObject, subject: String) throws(StorageError) {
        let fields = RecordFields(json, subject: subject)
        id = ImageID(try fields.digest("id"))
        sourceFormat = try fields.text("sourceFormat")
        manifestDigest = try fields.optionalDigest("manifestDigest").map { BlobDigest($0) }
        base = ImageBase(
            name: try fields.optionalText("baseName"),
            manifestDigest: try fields.optionalDigest("baseManifestDigest").map { BlobDigest($0) }
        )
        var layers: [Layer] = []
        for layer in try fields.objects("layers") { layers.append(try Layer(layer)) }
        self.layers = layers
    }
}
