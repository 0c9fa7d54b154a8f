import LayerModel

/// Why something in a tree could not be reached or changed.
package struct TreeAccessError: Error, Hashable, Sendable {
    /// What was wrong.
    package enum Reason: String, Hashable, Sendable {
        case notFound = "no such file or directory"
        case notDirectory = "not a directory"
        case isDirectory = "is a directory"
        case notRegular = "not a regular file"
        case alreadyThere = "file exists"
        case tooManyLinks = "too many symbolic links"
        case noDevice = "a device node that an ordinary user's store cannot hold"
        case readOnly = "an image cannot be changed"
        case readOnlyMount = "mounted volume is marked read-only"
        case mountPoint = "something is mounted there"
        case otherTree = "a hard link cannot lead into another tree"
    }

    /// What was wrong.
    package let reason: Reason
    /// Where, in the tree; absolute, bytes as they are.
    package let path: [UInt8]

    /// Makes an error.
    package init(_ reason: Reason, _ path: [UInt8]) {
        self.reason = reason
        self.path = path
    }

    /// Makes an error about a name in a directory.
    init(_ reason: Reason, _ directory: some TreeDirectory, _ name: [UInt8]) {
        self.init(reason, Array("/".utf8) + directory.path.appending(name).bytes)
    }
}

extension TreeAccessError: CustomStringConvertible {
    /// One line that names the path.
    package var description: String { "\(EscapedText.name(path)): \(reason.rawValue)" }
}
