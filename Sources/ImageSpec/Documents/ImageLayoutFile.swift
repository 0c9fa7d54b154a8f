/// The file `oci-layout`, which marks an image layout.
///
/// Source: OCI image-spec `image-layout.md`.
public struct ImageLayoutFile: Hashable, Sendable {
    /// The only version there is.
    public static let version = "1.0.0"
    /// The file as Docker writes it, the blank included (contract 3.5).
    package static let bytes = Array(#"{"imageLayoutVersion": "\#(version)"}"#.utf8)

    /// Reads the file and checks its version; other members are no error.
    ///
    /// - Parameter bytes: The file.
    /// - Throws: `SpecError`, also for another version.
    public init(parsing bytes: [UInt8]) throws(SpecError) {
        let node = try SpecNode(document: "oci-layout", parsing: bytes).required("imageLayoutVersion")
        let version = try node.string()
        guard version == Self.version else {
            throw node.error(.invalid("unsupported OCI layout version \"\(version)\""))
        }
    }
}
