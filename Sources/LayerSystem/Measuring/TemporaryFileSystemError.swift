internal import LayerModel

/// Why a file system could not be made for a while.
package enum TemporaryFileSystemError: Error, Equatable, Sendable {
    /// A call failed.
    case system(SystemError)
    /// A program is not installed.
    case missingProgram(String)
    /// A program failed, and said this.
    case programFailed(String, status: Int32, message: String)
}

extension TemporaryFileSystemError: CustomStringConvertible {
    /// One line.
    package var description: String {
        switch self {
        case .system(let error): return error.description
        case .missingProgram(let name): return "\(name) is not installed"
        case .programFailed(let name, let status, let message):
            return "\(name) failed (status \(status)): \(EscapedText.line(message))"
        }
    }
}
