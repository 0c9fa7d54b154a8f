/// The one error that LayerKit throws: what was attempted on what, and why it failed.
public struct LayerError: Error, Sendable {
    /// What a caller may want to tell apart.
    ///
    /// More may come.
    public struct Code: Hashable, Sendable {
        private enum Value: Hashable {
            case failure, usage, notFound, conflict, corrupt, programNotFound, notExecutable
        }
        private let value: Value

        /// Anything that the others do not name.
        public static let failure = Self(value: .failure)
        /// The request itself makes no sense.
        public static let usage = Self(value: .usage)
        /// An image, a file or a name is not there.
        public static let notFound = Self(value: .notFound)
        /// Something is in use, or several things could be meant.
        public static let conflict = Self(value: .conflict)
        /// An archive or the store is damaged.
        public static let corrupt = Self(value: .corrupt)
        /// What is to run in a container is not there.
        public static let programNotFound = Self(value: .programNotFound)
        /// What is to run in a container is no program, or may not be run.
        public static let notExecutable = Self(value: .notExecutable)
    }

    /// What kind of failure it is.
    public let code: Code
    /// One line that names the file, the entry and the reason; control characters are escaped.
    public let message: String
    /// What lies behind it, where another part reported it.
    public let cause: (any Error)?

    /// Makes an error.
    ///
    /// - Parameters:
    ///   - code: What kind of failure it is.
    ///   - message: One line.
    ///   - cause: What lies behind it.
    public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }
}

extension LayerError: CustomStringConvertible {
    /// The message.
    public var description: String { message }
}
