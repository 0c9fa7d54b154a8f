/// Why there is no driver.
package enum DriverError: Error, Equatable, Sendable {
    /// No driver has this name.
    case unknownName(String)
    /// The driver that was asked for does not work here.
    case unavailable(DriverKind, reason: String)
}

extension DriverError: CustomStringConvertible {
    /// One line.
    package var description: String {
        switch self {
        case .unknownName(let name):
            let names = ["auto"] + DriverKind.allCases.map(\.rawValue)
            return "unknown driver \"\(name)\" (there are \(names.joined(separator: ", ")))"
        case .unavailable(let kind, let reason):
            return "driver \"\(kind.rawValue)\" does not work here: \(reason)"
        }
    }
}
