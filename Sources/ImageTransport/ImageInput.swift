/// Where a file with images comes from.
package enum ImageInput: Hashable, Sendable {
    /// A file, a pipe or a directory of the host.
    case path(String)
    /// The standard input, written `-`.
    case standardInput

    /// What messages call it.
    package var label: String {
        switch self {
        case .path(let path): path
        case .standardInput: "standard input"
        }
    }
}
