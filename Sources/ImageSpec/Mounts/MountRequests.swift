/// All that a user asks to have mounted in a container.
///
/// Source: docker/cli `cli/command/container/opts.go`, `parse`; contract 3.9.
public struct MountRequests: Hashable, Sendable {
    /// Binds and named volumes of `-v`, as Docker's `HostConfig.Binds` has them.
    public private(set) var binds: [String] = []
    /// The places of volumes that nobody named.
    public private(set) var volumes: [String] = []
    /// What `--mount` asks for.
    public private(set) var mounts: [MountSpecification] = []
    /// The options of each tmpfs of `--tmpfs` by its place.
    public private(set) var tmpfs: [String: String] = [:]
    /// Containers whose mounts are taken over, each with a mode or without.
    public var volumesFrom: [String] = []
    /// The driver of volumes of `-v` and of the image; empty for the usual one.
    public var volumeDriver = ""

    /// Asks for nothing.
    public init() {}

    /// Reads the argument of `-v`: `[SRC:]DST[:MODE]`.
    ///
    /// Source: docker/cli `internal/volumespec/volumespec.go`, `Parse`.
    ///
    /// - Parameters:
    ///   - text: The argument.
    ///   - directory: The directory in which a source with a dot at its beginning is looked for, absolute.
    /// - Throws: `MountError`.
    public mutating func addVolume(_ text: String, in directory: String) throws(MountError) {
        guard !text.isEmpty else { throw MountError("invalid empty volume spec") }
        guard text.utf8.count > 2 else { return volumes.append(text) }
        var parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        if parts.contains("") { throw MountError("invalid spec: \(text): empty section between colons") }
        if parts.count > 3 { throw MountError("invalid spec: \(text): too many colons") }
        guard parts.count > 1 else { return volumes.append(text) }
        if parts[0].hasPrefix(".") { parts[0] = PathText.absolute(parts[0], in: directory) }
        binds.append(parts.joined(separator: ":"))
    }

    /// Reads the argument of `--mount`: a record of `key[=value]`, separated by commas.
    ///
    /// - Parameters:
    ///   - text: The argument.
    ///   - directory: The directory in which a source with a dot at its beginning is looked for, absolute.
    ///   - parseSize: Reads a size for people, as `64m`, in bytes; nil where it is none.
    /// - Throws: `MountError`.
    public mutating func addMount(
        _ text: String,
        in directory: String,
        parseSize: (String) -> Int64?
    ) throws(MountError) {
        mounts.append(
            try withoutActuallyEscaping(parseSize) { parseSize throws(MountError) in
                var reader = MountSpecificationReader(directory: directory, parseSize: parseSize)
                return try reader.read(text)
            }
        )
    }

    /// Reads the argument of `--tmpfs`: `DST[:OPTIONS]`.
    ///
    /// - Parameter text: The argument.
    public mutating func addTmpfs(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        tmpfs[parts[0]] = parts.count > 1 ? parts[1] : ""
    }

    /// Whether nothing is asked for.
    public var isEmpty: Bool {
        binds.isEmpty && volumes.isEmpty && mounts.isEmpty && tmpfs.isEmpty && volumesFrom.isEmpty
    }

    /// The requests under the names of Docker's `HostConfig`, and `Volumes` of its `Config`; what is empty is left out.
    package var json: JSONObject {
        var json = JSONObject()
        if !binds.isEmpty { json["Binds"] = .array(binds.map { .string($0) }) }
        if !mounts.isEmpty { json["Mounts"] = .array(mounts.map { .object($0.json) }) }
        if !tmpfs.isEmpty { json["Tmpfs"] = .object(JSONObject(texts: tmpfs)) }
        if !volumesFrom.isEmpty { json["VolumesFrom"] = .array(volumesFrom.map { .string($0) }) }
        if !volumeDriver.isEmpty { json["VolumeDriver"] = .string(volumeDriver) }
        if !volumes.isEmpty { json["Volumes"] = .object(JSONObject(volumes.map { ($0, [:]) })) }
        return json
    }
}
