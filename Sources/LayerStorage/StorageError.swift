/// Why the store cannot do what it was asked for.
package struct StorageError: Error, Sendable {
    /// What a caller may want to tell apart.
    package enum Kind: Hashable, Sendable {
        /// An image, a name or a layer is not there.
        case notFound
        /// Something is in use, or several things could be meant.
        case conflict
        /// A record, an image or a layer is damaged.
        case corrupt
        /// The request makes no sense.
        case invalid
        /// The store is of a kind that cannot be used here.
        case unsupported
        /// This user, or anybody on a read-only file system, may not do it.
        case permission
        /// A system call failed.
        case system
    }

    /// What a caller may want to tell apart.
    package let kind: Kind
    /// What the error is about: a path in the store, escaped, or a name; may be empty.
    package let subject: String
    /// The reason, without the subject.
    package let reason: String
    /// The error below this one, if there is one.
    package let cause: (any Error)?

    /// Makes an error.
    package init(_ kind: Kind, _ subject: String, _ reason: String, cause: (any Error)? = nil) {
        self.kind = kind
        self.subject = subject
        self.reason = reason
        self.cause = cause
    }
}

extension StorageError: CustomStringConvertible {
    /// One line: subject and reason.
    package var description: String { subject.isEmpty ? reason : "\(subject): \(reason)" }
}
