import ImageSpec
package import LayerModel

/// What the store writes beside a volume's files (`volume.json`).
///
/// The name is that of the directory and stands nowhere else. Members that this version does not know stay when the record is written
/// anew.
package struct VolumeRecord: Hashable, Sendable {
    /// The driver that needs no plugin.
    package static let localDriver = "local"
    /// The label of a volume that nobody gave a name.
    ///
    /// Source: moby `daemon/volume/service/service.go`, `AnonymousLabel`.
    package static let anonymousLabel = "com.docker.volume.anonymous"
    private static let own = ["created", "driver", "labels", "options"]

    /// What people call it.
    package let name: String
    /// When it was made.
    package let created: Timestamp
    /// Who keeps its files: `local`, or a plugin.
    package let driver: String
    /// The labels.
    package let labels: [String: String]
    /// The options of the driver.
    package let options: [String: String]
    /// The members of other parts of the program and of later versions.
    private var others = JSONObject()

    /// Makes the record of a volume.
    ///
    /// - Parameters:
    ///   - name: What people call it.
    ///   - created: When it was made.
    ///   - driver: Who keeps its files.
    ///   - labels: The labels.
    ///   - options: The options of the driver.
    package init(
        name: String,
        created: Timestamp,
        driver: String,
        labels: [String: String],
        options: [String: String]
    ) {
        self.name = name
        self.created = created
        self.driver = driver
        self.labels = labels
        self.options = options
    }

    /// Whether nobody gave it a name: such a volume goes with its container and with what nobody uses.
    package var isAnonymous: Bool { labels[Self.anonymousLabel] != nil }

    /// Whether its files lie in the store.
    package var isLocal: Bool { driver == Self.localDriver }

    /// What is mounted at its place while it is in use; nil for a plain directory.
    package var mountOptions: LocalVolumeOptions? { isLocal ? LocalVolumeOptions(options) : nil }

    var json: JSONObject {
        var json = others
        json["created"] = .string(created.rfc3339())
        json["driver"] = .string(driver)
        json["labels"] = .object(JSONObject(texts: labels))
        json["options"] = .object(JSONObject(texts: options))
        return json
    }

    init(_ json: JSONObject, name: String, subject: String) throws(StorageError) {
        let fields = RecordFields(json, subject: subject)
        self.name = name
        created = try fields.time("created")
        driver = try fields.text("driver")
        labels = try fields.texts("labels")
        options = try fields.texts("options")
        others = Self.own.reduce(into: json) { $0[$1] = nil }
    }
}
