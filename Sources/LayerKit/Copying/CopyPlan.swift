/// What the ends of a copy mean together (contract 3.10).
///
/// Source: moby `go-archive/copy.go`, `PrepareArchiveCopy`.
enum CopyPlan: Hashable {
    /// What lies in the source goes into the destination.
    case contents
    /// The source goes into the destination, under its own name.
    case into
    /// The source becomes the destination.
    case replacement

    /// What stands at the destination.
    enum Destination: Hashable {
        case nothing
        case file
        case directory
    }

    /// Decides.
    ///
    /// - Parameters:
    ///   - isDirectory: Whether the source is a directory.
    ///   - wantsContents: Whether it is written as `DIR/.`, or is a root.
    ///   - destination: What stands at the destination.
    ///   - assertsDirectory: Whether the destination is written with a slash at the end.
    /// - Throws: `LayerError` for what cannot be.
    init(isDirectory: Bool, wantsContents: Bool, to destination: Destination, assertsDirectory: Bool) throws {
        switch (destination, isDirectory) {
        case (.directory, true): self = wantsContents ? .contents : .into
        case (.directory, false): self = .into
        case (.file, true): throw LayerError(.failure, "cannot copy directory")
        case (.nothing, false) where assertsDirectory: throw LayerError(.notFound, "no such directory")
        case (.file, false), (.nothing, _): self = .replacement
        }
    }
}
