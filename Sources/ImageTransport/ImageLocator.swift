/// What a user means by IMAGE|FILE: a file, perhaps with one image of it chosen, or a name in the store.
///
/// The longest part of the argument that ends before a colon, or is all of it, and exists on the host is the file; what follows
/// the colon chooses the image. A directory counts only when it holds an image: a folder that happens to be called `debian` does
/// not hide the image of that name. An argument that begins with `/`, `./` or `../` is a file even when it does not exist, so that
/// the message is about the file; `-` is the standard input.
package enum ImageLocator: Hashable, Sendable {
    /// A file, and which image of it.
    case file(ImageInput, selector: ImageSelector?)
    /// A name, a digest or an ID to be looked up in the store.
    case name(String)

    /// Reads an argument, asking the host what exists.
    package init(_ argument: String) {
        self.init(argument, isImageFile: HostPath.isImageFile)
    }

    /// Reads an argument.
    ///
    /// - Parameters:
    ///   - argument: What the user wrote.
    ///   - isImageFile: Whether a path exists on the host and can hold an image.
    package init(_ argument: String, isImageFile: (String) -> Bool) {
        if argument == "-" || argument.hasPrefix("-:") {
            self = .file(.standardInput, selector: Self.selector(argument.dropFirst(2)))
            return
        }
        if isImageFile(argument) {
            self = .file(.path(argument), selector: nil)
            return
        }
        var end = argument.endIndex
        while let colon = argument[..<end].lastIndex(of: ":") {
            let path = String(argument[..<colon])
            if !path.isEmpty, isImageFile(path) {
                self = .file(.path(path), selector: Self.selector(argument[colon...].dropFirst()))
                return
            }
            end = colon
        }
        let isPath = ["/", "./", "../"].contains { argument.hasPrefix($0) }
        self = isPath ? .file(.path(argument), selector: nil) : .name(argument)
    }

    private static func selector(_ text: Substring) -> ImageSelector? {
        text.isEmpty ? nil : ImageSelector(String(text))
    }

    /// Whether a path of the host leads to something that can hold an image: anything but a directory, or a directory with an image in it.
    package static func isImageFile(_ path: String) -> Bool { HostPath.isImageFile(path) }
}
