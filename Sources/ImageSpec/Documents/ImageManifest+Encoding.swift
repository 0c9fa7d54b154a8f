extension ImageManifest {
    /// Writes the OCI manifest of an image, with sorted keys and without blanks (contract L-105).
    ///
    /// - Parameters:
    ///   - config: The config's blob.
    ///   - layers: The layers' blobs, the lowest first.
    /// - Returns: The manifest.
    package static func encode(config: Descriptor, layers: [Descriptor]) -> [UInt8] {
        let json: JSONValue = [
            "schemaVersion": 2, "mediaType": .string(MediaType.ociManifest.rawValue), "config": config.json,
            "layers": .array(layers.map(\.json)),
        ]
        return json.encoded(sortedKeys: true)
    }
}
