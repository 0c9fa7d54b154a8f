import LayerModel

/// Why something cannot be copied to where it should go.
package struct CopyError: Error, Hashable, Sendable {
    /// What was wrong, in Docker's words.
    ///
    /// Source: moby `go-archive/copy.go` and `archive.go`.
    package enum Reason: Hashable, Sendable {
        case directoryByFile
        case fileByDirectory
        case withinItself
        case badLink
    }

    /// What was wrong.
    package let reason: Reason
    /// Where; bytes as they are.
    package let path: [UInt8]

    /// Makes an error.
    package init(_ reason: Reason, at path: [UInt8]) {
        self.reason = reason
        self.path = path
    }
}

extension CopyError: CustomStringConvertible {
    /// One line that names the path.
    package var description: String {
        let path = EscapedText.quoted(path)
        switch reason {
        case .directoryByFile: return "cannot overwrite directory \(path) with non-directory"
        case .fileByDirectory: return "cannot overwrite non-directory \(path) with directory"
        case .withinItself: return "cannot copy a directory into itself: \(path)"
        case .badLink: return "invalid hard link: \(path)"
        }
    }
}
