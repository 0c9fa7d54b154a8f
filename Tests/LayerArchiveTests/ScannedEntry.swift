import LayerArchive
import LayerModel

/// What a scan tells of an entry.
struct ScannedEntry: Equatable {
    let name: [UInt8]
    let kind: EntryKind
    let byteCount: Int64
    let linkName: [UInt8]
    let device: DeviceNumber

    /// Takes the current entry of a reader.
    init(_ reader: TarReader) {
        (name, linkName) = (Array(reader.name), Array(reader.linkName))
        (kind, byteCount, device) = (reader.kind, reader.byteCount, reader.device)
    }
}
