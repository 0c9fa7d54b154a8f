/// Which image of a file is meant.
package enum ImageSelector: Hashable, Sendable {
    /// The image of that name: a name as the file holds it, or a reference that names the same.
    case name(String)
    /// The image at that place, from 0 in the order of `manifest.json`, of `index.json` or of `repositories`.
    ///
    /// In a file that has both, the entries of `manifest.json` that `index.json` does not have are counted on behind those of
    /// `index.json`. Source: containers/image `docs/containers-transports.5.md`, "source-index".
    case position(Int)

    /// Reads what stands behind the colon of `FILE:REF` or `FILE:@N`.
    ///
    /// - Parameter text: The text without the colon.
    package init(_ text: String) {
        if text.first == "@", let position = Int(text.dropFirst()), position >= 0, text.utf8.count <= 10 {
            self = .position(position)
        } else {
            self = .name(text)
        }
    }
}

extension ImageSelector: CustomStringConvertible {
    /// The form that a user writes: `REF` or `@N`.
    package var description: String {
        switch self {
        case .name(let name): name
        case .position(let position): "@\(position)"
        }
    }
}
