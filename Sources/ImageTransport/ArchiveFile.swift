import LayerModel

/// The members of a tar as the files of an image.
final class ArchiveFile: ArchiveContents {
    let label: String
    let isDirectory = false
    private let table: MemberTable

    init(_ table: MemberTable, label: String) {
        self.table = table
        self.label = label
    }

    var names: [LayerPath] { Array(table.names) }

    func resolve(_ path: LayerPath) throws -> MemberLookup {
        table.resolve(path)
    }
}
