package import LayerModel

/// Why the entries of a layer cannot become a tree.
package enum TreeError: Error, Equatable, Sendable {
    /// An entry asks for something that is refused; the name as the archive has it, and the reason.
    case entry(name: [UInt8], reason: String)
    /// A hard link names nothing in its layer nor in the layers below.
    case linkTargetMissing(name: [UInt8], target: [UInt8])
    /// The index of a layer cannot be used; the reason.
    case damagedIndex(String)
    /// A file of the layer is not what the index says; its path, and the reason.
    case damagedFile(LayerPath, reason: String)
    /// Names of a read-write layer that cannot become a part of a layer, all of them.
    case unreadable([ChangeSet.Problem])
}

extension TreeError: CustomStringConvertible {
    /// One line without control bytes; it names the entry.
    package var description: String {
        switch self {
        case .entry(let name, let reason): "entry \(EscapedText.quoted(name)): \(reason)"
        case .linkTargetMissing(let name, let target):
            "entry \(EscapedText.quoted(name)): hardlink target not found: \(EscapedText.quoted(target))"
        case .damagedIndex(let reason): "layer index is damaged: \(reason)"
        case .damagedFile(let path, let reason): "layer file \(EscapedText.quoted(path.bytes)) is damaged: \(reason)"
        case .unreadable(let problems):
            problems.map { "\(EscapedText.quoted(Array("/".utf8) + $0.path.bytes)): \($0.reason)" }
                .joined(separator: "\n")
        }
    }
}
