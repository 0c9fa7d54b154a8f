extension Descriptor {
    /// The same blob and platform with other annotations.
    package func with(annotations: [String: String]) -> Descriptor {
        Descriptor(
            mediaType: mediaType,
            digestText: digestText,
            byteCount: byteCount,
            annotations: annotations,
            platform: platform
        )
    }

    /// The descriptor of a blob that is described here, as a document writes it; empty members are left out.
    package var json: JSONValue {
        var json: JSONObject = [
            "mediaType": .string(mediaType.rawValue), "digest": .string(digestText), "size": JSONValue(byteCount),
        ]
        if !annotations.isEmpty {
            json["annotations"] = .object(JSONObject(texts: annotations))
        }
        if let platform { json["platform"] = platform.json }
        return .object(json)
    }
}

extension Platform {
    /// The platform as a descriptor writes it.
    fileprivate var json: JSONValue {
        var json: JSONObject = ["architecture": .string(architecture), "os": .string(os)]
        if let variant { json["variant"] = .string(variant) }
        if let osVersion { json["os.version"] = .string(osVersion) }
        return .object(json)
    }
}
