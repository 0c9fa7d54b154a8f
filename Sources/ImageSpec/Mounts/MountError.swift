/// Why something cannot be mounted as it was asked for, in Docker's words.
///
/// Source: docker/cli `opts/mount.go`, `opts/mount_utils.go`, `internal/volumespec/volumespec.go`; moby
/// `daemon/volume/mounts/linux_parser.go`, `validate.go`.
public struct MountError: Error, Hashable, Sendable {
    /// Whether two requests exclude each other, each of which could be met.
    public let isConflict: Bool
    /// The reason, one line.
    public let reason: String

    init(_ reason: String, isConflict: Bool = false) {
        self.reason = reason
        self.isConflict = isConflict
    }

    static func mode(_ mode: String) -> MountError { MountError("invalid mode: \(mode)") }

    static func specification(_ text: String) -> MountError { MountError("invalid volume specification: '\(text)'") }

    static func absent(_ field: String) -> MountError { MountError("field \(field) must not be empty") }

    static func extra(_ field: String) -> MountError { MountError("field \(field) must not be specified") }

    static func duplicate(_ place: String) -> MountError {
        MountError("Duplicate mount point: \(place)", isConflict: true)
    }

    /// The error with the type of the mount in front.
    func about(_ kind: String) -> MountError {
        MountError("invalid mount config for type \"\(kind)\": \(reason)", isConflict: isConflict)
    }

    /// A bind whose source is not there.
    ///
    /// - Parameter path: The source.
    /// - Returns: The error.
    package static func missingSource(_ path: String) -> MountError {
        MountError("bind source path does not exist: \(path)").about(MountKind.bind.rawValue)
    }

    /// A mount over what an image has as a file.
    ///
    /// - Parameter path: The place in the container.
    /// - Returns: The error.
    package static func existingFile(_ path: String) -> MountError {
        MountError("cannot mount volume over existing file, file exists \(path)")
    }
}

extension MountError: CustomStringConvertible {
    /// The reason.
    public var description: String { reason }
}
