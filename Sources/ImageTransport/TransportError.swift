import LayerModel

/// Why an image cannot be read from a file: which file, which member of it, and the reason.
package struct TransportError: Error, Hashable, Sendable {
    /// What a caller may want to tell apart.
    package enum Kind: Hashable, Sendable {
        /// The file, a member of it or the image that was asked for is not there.
        case notFound
        /// The file is no image, or a document in it does not say what it must.
        case invalid
        /// Bytes do not match their digest or size, or cannot be decoded.
        case corrupt
        /// The file ends too early.
        case truncated
        /// Several images could be meant.
        case ambiguous
        /// The image is there, for another platform.
        case platform
        /// The file is in order, and of a kind that cannot be used here.
        case unsupported
        /// The operating system refused.
        case system
    }

    /// What the error is about.
    package struct Subject: Hashable, Sendable {
        /// The file as the user named it, escaped.
        package let file: String
        /// The member of the file, escaped; nil when the error concerns the whole file.
        package let member: String?

        /// Names a file, or a member of one.
        ///
        /// - Parameters:
        ///   - file: The file as the user named it.
        ///   - member: The member, escaped already.
        package init(file: String, member: String? = nil) {
            self.file = EscapedText.line(file)
            self.member = member
        }

        private init(escapedFile: String, member: String) {
            file = escapedFile
            self.member = member
        }

        /// A member of the same file.
        func naming(member: some Collection<UInt8>) -> Subject {
            Subject(escapedFile: file, member: EscapedText.name(member))
        }
    }

    /// What a caller may want to tell apart.
    package let kind: Kind
    /// Which file and member.
    package let subject: Subject
    /// The reason, on one line, without the subject.
    package let reason: String

    /// Makes an error.
    ///
    /// - Parameters:
    ///   - kind: What a caller may want to tell apart.
    ///   - subject: Which file and member.
    ///   - reason: The reason; control characters in it are escaped here.
    package init(_ kind: Kind, _ subject: Subject, _ reason: String) {
        self.kind = kind
        self.subject = subject
        self.reason = EscapedText.line(reason)
    }
}

extension TransportError: CustomStringConvertible {
    /// One line: file, member, reason.
    package var description: String {
        guard let member = subject.member else { return "\(subject.file): \(reason)" }
        return "\(subject.file): \(member): \(reason)"
    }
}
