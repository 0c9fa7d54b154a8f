/// What an entry of a layer is.
///
/// The raw values stand in the layer index and never change.
///
/// Source: OCI image-spec `layer.md`, section "File Types".
public enum EntryKind: UInt8, BitwiseCopyable, Hashable, Sendable, CaseIterable {
    case regular = 0
    case hardLink = 1
    case symbolicLink = 2
    case characterDevice = 3
    case blockDevice = 4
    case directory = 5
    case fifo = 6
    case socket = 7
}
