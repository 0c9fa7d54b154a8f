/// Which driver a user asks for.
package enum DriverRequest: Hashable, Sendable {
    /// The best one that works here.
    case automatic
    /// This one, or none.
    case exactly(DriverKind)

    /// Reads what a user wrote: `auto` or a driver's name.
    ///
    /// - Parameter text: The value of `--driver` or `LAYERCTL_DRIVER`.
    /// - Throws: `DriverError.unknownName`.
    package init(parsing text: String) throws(DriverError) {
        if text == "auto" {
            self = .automatic
        } else if let kind = DriverKind(rawValue: text) {
            self = .exactly(kind)
        } else {
            throw .unknownName(text)
        }
    }
}
