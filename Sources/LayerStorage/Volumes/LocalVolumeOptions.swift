/// The options of a volume of the `local` driver: what is to be mounted at its place.
///
/// Source: moby `daemon/volume/local/local_unix.go`, `validateOpts`; contract 3.8.
package struct LocalVolumeOptions: Hashable, Sendable {
    private static let known = ["device", "o", "size", "type"]
    private static let needs = [("device", ["type"]), ("type", ["device"]), ("o", ["device", "type"])]

    /// The file system's type, as mount(8) writes it.
    package let type: String
    /// What is mounted.
    package let device: String
    /// The options of the mount, separated by commas; may be empty.
    package let mountOptions: String

    /// Reads the options of a record.
    ///
    /// - Parameter options: The options; nil comes of those that ask for no mount.
    package init?(_ options: [String: String]) {
        guard let type = options["type"], let device = options["device"] else { return nil }
        self.type = type
        self.device = device
        mountOptions = options["o"] ?? ""
    }

    /// Checks what a user wrote.
    ///
    /// - Parameters:
    ///   - options: The options.
    ///   - name: The volume that they are for.
    /// - Throws: `StorageError` of kind `invalid`.
    static func check(_ options: [String: String], of name: String) throws(StorageError) {
        let subject = "create \(name)"
        for key in options.keys.sorted() where !known.contains(key) {
            throw StorageError(.invalid, subject, "invalid option: \"\(key)\"")
        }
        if let size = options["size"], !size.allSatisfy({ $0 == "0" }) {
            throw StorageError(.invalid, subject, "quota size requested but no quota support")
        }
        for (key, required) in needs where options[key] != nil {
            for other in required where options[other] == nil {
                throw StorageError(.invalid, subject, "missing required option: \"\(other)\"")
            }
        }
    }
}
