package import ImageSpec
package import LayerModel

/// What the store writes beside a container's upper directory (`container.json`).
///
/// Members that this version does not know stay when the record is written anew.
package struct ContainerRecord: Hashable, Sendable {
    /// The container's identity.
    package let id: ContainerID
    /// What people call it.
    package internal(set) var name: String
    /// When it was made.
    package let created: Timestamp
    /// The image that it was made of.
    package private(set) var imageID: ImageID
    /// What the user called the image.
    package let imageName: String
    /// The layers below the upper directory, the lowest first.
    package private(set) var layers: [ImageRecord.Layer]
    /// The labels that it was given, beside those of the image.
    package let labels: [String: String]
    /// What is mounted in it, in the order of the destinations' depth.
    package let mounts: [ContainerMount]
    /// The members of other parts of the program and of later versions.
    private var others = JSONObject()

    init(
        id: ContainerID,
        name: String,
        created: Timestamp,
        image: ImageRecord,
        imageName: String,
        labels: [String: String],
        mounts: [ContainerMount] = []
    ) {
        self.id = id
        self.name = name
        self.created = created
        imageID = image.id
        self.imageName = imageName
        layers = image.layers
        self.labels = labels
        self.mounts = mounts
    }

    /// A member that is none of the record's own; nil when there is none, and to remove it.
    package subscript(member key: String) -> JSONValue? {
        get { others[key] }
        set { others[key] = newValue }
    }

    /// Puts the container on another image.
    mutating func place(on image: ImageRecord) {
        imageID = image.id
        layers = image.layers
    }

    var json: JSONObject {
        var json = others
        json["id"] = .string(id.hex)
        json["name"] = .string(name)
        json["created"] = .string(created.rfc3339())
        json["imageID"] = .string(imageID.description)
        json["imageName"] = .string(imageName)
        json["layers"] = .array(layers.map { .object($0.json) })
        json["labels"] = .object(JSONObject(texts: labels))
        if !mounts.isEmpty { json["mounts"] = .array(mounts.map { .object($0.json) }) }
        return json
    }

    init(_ json: JSONObject, subject: String) throws(StorageError) {
        let fields = RecordFields(json, subject: subject)
        guard let id = ContainerID(hex: try fields.text("id")) else { throw fields.bad("id") }
        self.id = id
        name = try fields.text("name")
        created = try fields.time("created")
        imageID = ImageID(try fields.digest("imageID"))
        imageName = try fields.text("imageName")
        labels = try fields.texts("labels")
        var layers: [ImageRecord.Layer] = []
        for layer in try fields.objects("layers") { layers.append(try ImageRecord.Layer(layer)) }
        self.layers = layers
        var mounts: [ContainerMount] = []
        for value in json["mounts"]?.arrayValue ?? [] {
            guard let mount = ContainerMount(value) else { throw fields.bad("mounts") }
            mounts.append(mount)
        }
        self.mounts = mounts
        let own = ["id", "name", "created", "imageID", "imageName", "layers", "labels", "mounts"]
        others = own.reduce(into: json) { $0[$1] = nil }
    }
}
