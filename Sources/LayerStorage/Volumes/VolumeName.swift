import LayerModel
import LayerSystem

/// What people call a volume, which is the name of its directory as well.
///
/// Source: moby `daemon/volume/local/local.go`, `validateName`.
enum VolumeName {
    /// A file system takes no longer name of one component.
    private static let byteLimit = 255

    /// Checks a name.
    ///
    /// - Parameter text: What the user wrote.
    /// - Throws: `StorageError` of kind `invalid`.
    static func check(_ text: String) throws(StorageError) {
        if text.utf8.count == 1 {
            let reason = "volume name is too short, names should be at least two alphanumeric characters"
            throw StorageError(.invalid, "create \(text)", reason)
        }
        guard RestrictedName.isValid(text) else {
            let reason =
                "\"\(text)\" includes invalid characters for a local volume name, only \"\(RestrictedName.grammar)\" are allowed. "
                + "If you intended to pass a host directory, use absolute path"
            throw StorageError(.invalid, "create \(text)", reason)
        }
        guard isPossible(text) else {
            throw StorageError(.invalid, "create", "volume name is longer than \(byteLimit) bytes")
        }
    }

    /// Whether a volume can have a name.
    static func isPossible(_ text: String) -> Bool {
        RestrictedName.isValid(text) && text.utf8.count <= byteLimit
    }

    /// Makes a name for a volume that nobody names.
    ///
    /// - Returns: 64 lowercase hexadecimal digits.
    /// - Throws: `SystemError` of `getrandom`.
    static func random() throws(SystemError) -> String {
        Digest.encodeHex(try Host.randomBytes(32))
    }
}
