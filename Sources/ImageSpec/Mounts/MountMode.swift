/// The mode behind the last colon of `-v` and of `--volumes-from`.
///
/// Source: moby `daemon/volume/mounts/linux_parser.go`, `linuxValidMountMode`.
struct MountMode: Hashable {
    static let propagations = ["private", "rprivate", "slave", "rslave", "shared", "rshared"]

    /// Words of which one mode may have one.
    private static let groups = [
        ["rw", "ro"], ["z", "Z"], propagations, ["nocopy"], ["consistent", "cached", "delegated"],
    ]

    /// Whether nothing may be written.
    let isReadOnly: Bool
    /// How mounts spread, where it says so.
    let propagation: String?
    /// Whether an empty volume stays empty.
    let isCopyingDisabled: Bool

    /// Reads a mode; nil where it is none.
    init?(_ text: String) {
        let words = text.isEmpty ? [] : text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        var taken: Set<Int> = []
        for word in words {
            guard let group = Self.groups.firstIndex(where: { $0.contains(word) }), taken.insert(group).inserted
            else { return nil }
        }
        isReadOnly = words.contains("ro")
        propagation = words.first { Self.propagations.contains($0) }
        isCopyingDisabled = words.contains("nocopy")
    }
}
