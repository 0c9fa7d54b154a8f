public import LayerModel

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
    /// - Parameters:
    ///   - bytes: The file.
    ///   - limits: What is too much.
    /// - Throws: `SpecError`, also for another version.
    public init(parsing bytes: [UInt8], limits: InputLimits = .standard) throws(SpecError) {
        let document = try SpecNode(document: "oci-layout", parsing: bytes, limits: limits)
        let node = try document.required("imageLayoutVersion")
        let version = try node.string()
        guard version == Self.version else {
            throw node.error(.invalid("unsupported OCI layout version \"\(version)\""))
        }
    }
}
