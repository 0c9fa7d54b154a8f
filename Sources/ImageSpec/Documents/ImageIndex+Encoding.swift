extension ImageIndex {
    /// Writes an OCI index, with sorted keys and without blanks (contracts L-105, L-111).
    ///
    /// - Parameter manifests: The entries.
    /// - Returns: The index.
    package static func encode(_ manifests: [Descriptor]) -> [UInt8] {
        let json: JSONValue = [
            "schemaVersion": 2, "mediaType": .string(MediaType.ociIndex.rawValue),
            "manifests": .array(manifests.map(\.json)),
        ]
        return json.encoded(sortedKeys: true)
    }
}
