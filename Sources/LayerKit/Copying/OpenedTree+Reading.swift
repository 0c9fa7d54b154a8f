import LayerModel
import LayerTree

extension OpenedTree {
    /// What lies in a directory, in the order of the bytes of the names; for anything else the thing itself.
    func listing(of path: [UInt8]) throws -> [ContainerFile] {
        let source = try source(path, followsLast: false)
        guard source.isDirectory else { return [ContainerFile(path, source.entry)] }
        return try Self.files(in: source.open())
    }

    /// What lies in an open directory.
    static func files(in directory: any TreeDirectory) throws -> [ContainerFile] {
        try directory.list().compactMap { name in
            try directory.entry(name).map { ContainerFile(name, $0) }
        }
    }

    /// Reads the regular file that a path leads to.
    func readFile(_ path: [UInt8], _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        do {
            try tree.readFile(path, body)
        } catch let error as TreeAccessError where error.reason == .notFound {
            throw missing(path)
        }
    }
}
