import LayerModel
import LayerStorage
import LayerSystem
import LayerTree

extension ImageStore {
    /// Lists a directory of a container or an image, without mounting it.
    ///
    /// - Parameter argument: `NAME:PATH`; the last link of the path is followed only with a slash behind it.
    /// - Returns: What lies in the directory, in the order of the bytes of the names; for anything else the thing itself.
    /// - Throws: `LayerError`.
    public func files(at argument: String) throws(LayerError) -> [ContainerFile] {
        try LayerError.catching {
            let (argument, opened) = try open(argument, .shared)
            return try opened.listing(of: argument.path)
        }
    }

    /// Reads a regular file of a container or an image, without mounting it.
    ///
    /// - Parameters:
    ///   - argument: `NAME:PATH`; links are followed inside the tree.
    ///   - body: Takes the content piece by piece, each valid during the call only.
    /// - Throws: `LayerError`, also for anything that is no regular file.
    public func readFile(
        at argument: String,
        _ body: (UnsafeRawBufferPointer) throws -> Void
    ) throws(LayerError) {
        try LayerError.catching {
            let (argument, opened) = try open(argument, .shared)
            try opened.readFile(argument.path, body)
        }
    }

    /// Puts a file into a container, in place of the one that may be there.
    ///
    /// It belongs to root. Its mode and time are those of the file of the host; of the standard input 0644 and now.
    ///
    /// - Parameters:
    ///   - source: A path of the host, or `-` for the standard input.
    ///   - argument: `CONTAINER:PATH`; links are followed inside the tree.
    /// - Returns: The bytes that were written; they are on the disk by then.
    /// - Throws: `LayerError`.
    @discardableResult
    public func putFile(_ source: String, at argument: String) throws(LayerError) -> Int64 {
        try LayerError.catching {
            let input = try source == "-" ? StandardStream.input() : File.openForReading(path: source)
            let (argument, opened) = try open(argument, .exclusive)
            let destination = try opened.destination(argument.path)
            guard destination.state != .directory, !destination.assertsDirectory, let name = destination.place.name
            else {
                throw TreeAccessError(.isDirectory, argument.path)
            }
            var attributes = AttributeChange(FileAttributes(mode: 0o644, modificationTime: Host.now()))
            if source != "-" {
                let status = try input.status()
                (attributes.mode, attributes.modificationTime) = (status.mode & 0o7777, status.modificationTime)
            }
            let content = NewFile.content(StreamSource(input))
            try destination.place.directory.put(name, content, attributes)
            try opened.tree.synchronize()
            return try destination.place.directory.entry(name)?.byteCount ?? 0
        }
    }

    /// Removes a name of a container: what a layer has of it stays hidden from then on.
    ///
    /// - Parameters:
    ///   - argument: `CONTAINER:PATH`; a link in the last component is removed itself.
    ///   - isRecursive: Whether a directory goes with all that lies in it.
    ///   - isDryRun: Whether only to say whether it could go.
    /// - Throws: `LayerError`.
    public func removeFile(at argument: String, isRecursive: Bool, isDryRun: Bool = false) throws(LayerError) {
        try LayerError.catching {
            let (argument, opened) = try open(argument, isDryRun ? .shared : .exclusive)
            let source = try opened.source(argument.path, followsLast: false)
            guard let name = source.place.name else {
                throw LayerError(
                    .usage,
                    "cannot remove \(EscapedText.quoted(argument.path)): not a name in a directory"
                )
            }
            guard !source.isDirectory || isRecursive else { throw TreeAccessError(.isDirectory, argument.path) }
            if isDryRun { return }
            try source.place.directory.remove(name)
            try opened.tree.synchronize()
        }
    }

    private func open(_ text: String, _ mode: LockMode) throws -> (TreeArgument, OpenedTree) {
        let argument = try TreeArgument(text, in: store)
        return (argument, try OpenedTree(argument.subject, name: argument.name, in: store, mode))
    }
}
