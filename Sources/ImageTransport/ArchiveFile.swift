import LayerModel

/// The members of a tar as the files of an image.
final class ArchiveFile: ArchiveContents {
    let label: String
    let limits: InputLimits
    let isDirectory = false
    private let table: MemberTable

    init(_ table: MemberTable, label: String, limits: InputLimits) {
        self.table = table
        self.label = label
        self.limits = limits
    }

    var names: [LayerPath] { Array(table.names) }

    func resolve(_ path: LayerPath) throws -> MemberLookup {
        table.resolve(path)
    }
}
