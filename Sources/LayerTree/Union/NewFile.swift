package import LayerModel
package import LayerSystem

/// What is made under a name, if it is no directory.
package enum NewFile {
    /// A regular file; the closure gets the empty file and writes its content.
    case regular((File) throws -> Void)
    /// A symbolic link, and what it says.
    case symbolicLink([UInt8])
    /// A device node, a FIFO or a socket.
    case node(EntryKind, DeviceNumber)

    /// A regular file with the content of another, sharing its blocks where the file system can.
    ///
    /// - Parameter source: The other file.
    /// - Returns: What is to be made.
    package static func copy(of source: File) -> NewFile {
        .regular { try $0.copyContent(of: source) }
    }

    /// A regular file with the content that a source gives.
    ///
    /// - Parameter source: The content.
    /// - Returns: What is to be made.
    package static func content(_ source: any ByteSource) -> NewFile {
        .regular { file in
            while true {
                let chunk = try source.nextChunk()
                if chunk.isEmpty { break }
                try file.write(chunk)
            }
        }
    }

    /// What it will be.
    package var kind: EntryKind {
        switch self {
        case .regular: .regular
        case .symbolicLink: .symbolicLink
        case .node(let kind, _): kind
        }
    }

    /// Makes it under a name that is not taken.
    func make(_ name: String, in directory: Directory) throws {
        switch self {
        case .regular(let fill): try fill(directory.createFile(name, mode: 0o600))
        case .symbolicLink(let target): try directory.makeSymbolicLink(name, target: target)
        case .node(let kind, let device): try directory.makeNode(name, kind: kind, mode: 0o600, device: device)
        }
    }
}
