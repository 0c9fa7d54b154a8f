extension ImageManifest {
    /// Writes the OCI manifest of an image, with sorted keys and without blanks (contract L-105).
    ///
    /// - Parameters:
    ///   - config: The config's blob.
    ///   - layers: The layers' blobs, the lowest first.
    ///   - annotations: What else is to be told.
    /// - Returns: The manifest.
    package static func encode(
        config: Descriptor,
        layers: [Descriptor],
        annotations: [String: String] = [:]
    ) -> [UInt8] {
        var json: JSONObject = [
            "schemaVersion": 2, "mediaType": .string(MediaType.ociManifest.rawValue), "config": config.json,
            "layers": .array(layers.map(\.json)),
        ]
        if !annotations.isEmpty { json["annotations"] = .object(JSONObject(texts: annotations)) }
        return JSONValue.object(json).encoded(sortedKeys: true)
    }
}
