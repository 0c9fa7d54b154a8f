/// Why a mount table cannot be read.
package enum MountTableError: Error, Equatable, Sendable {
    /// A line, counted from 1, does not have the form that the kernel writes.
    case malformedLine(Int)
}

extension MountTableError: CustomStringConvertible {
    /// One line.
    package var description: String {
        switch self {
        case .malformedLine(let number): "mount table: line \(number) is malformed"
        }
    }
}
