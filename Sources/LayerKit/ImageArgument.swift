import ImageTransport

/// What a user means by IMAGE|FILE: a file of the host, perhaps with one image of it chosen, or an image of the store.
///
/// `FILE`, `FILE:REF`, `FILE:@N` and `-` are files; the longest part before a colon that exists on the host is the file.
public struct ImageArgument: Sendable {
    let locator: ImageLocator

    /// Reads an argument, asking the host what exists.
    public init(_ argument: String) {
        locator = ImageLocator(argument)
    }

    /// A file, whatever its name looks like; `-` is the standard input.
    ///
    /// - Parameter path: The file's path.
    /// - Returns: The argument.
    public static func file(_ path: String) -> ImageArgument {
        ImageArgument(locator: .file(path == "-" ? .standardInput : .path(path), selector: nil))
    }

    /// A file with an optional selector behind a colon, where the argument is one; otherwise a file of that name.
    ///
    /// - Parameter argument: `FILE`, `FILE:REF`, `FILE:@N` or `-`.
    /// - Returns: The argument.
    public static func fileArgument(_ argument: String) -> ImageArgument {
        let read = ImageArgument(argument)
        if case .name = read.locator { return file(argument) }
        return read
    }

    private init(locator: ImageLocator) {
        self.locator = locator
    }

    /// Whether the argument is a file.
    public var isFile: Bool {
        if case .file = locator { return true }
        return false
    }

    /// The name of an image of the store; nil for a file.
    public var name: String? {
        if case .name(let name) = locator { return name }
        return nil
    }
}
