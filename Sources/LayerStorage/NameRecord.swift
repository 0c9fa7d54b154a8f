package import ImageSpec
package import LayerModel

/// A name of an image.
package struct NameRecord: Hashable, Sendable {
    /// The name, with a tag.
    package let reference: ImageReference
    /// The image.
    package let id: ImageID
    /// When the name was given.
    package let time: Timestamp

    /// Makes a name.
    package init(reference: ImageReference, id: ImageID, time: Timestamp) {
        self.reference = reference
        self.id = id
        self.time = time
    }

    var json: JSONObject {
        [
            "reference": .string(reference.description), "id": .string(id.description),
            "time": .string(time.rfc3339()),
        ]
    }

    init(_ json: JSONObject, subject: String) throws(StorageError) {
        let fields = RecordFields(json, subject: subject)
        do throws(ReferenceError) {
            reference = try ImageReference(parsing: fields.textOrEmpty("reference"))
        } catch {
            throw fields.bad("reference")
        }
        id = ImageID(try fields.digest("id"))
        time = try fields.time("time")
    }
}
