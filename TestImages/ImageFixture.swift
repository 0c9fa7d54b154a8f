import Foundation

/// An image archive or layout that the project's own generator made and that loads.
public struct ImageFixture: Hashable, Sendable, CustomStringConvertible {
    /// The name of the file or directory below `directory`.
    public let name: String

    /// The directory of all fixtures, absolute.
    public static var directory: String { Bundle.module.bundlePath + "/Fixtures" }

    /// Where it lies, absolute.
    public var path: String { Self.directory + "/" + name }

    /// The name, so that a test names the file that it failed on.
    public var description: String { name }

    init(_ name: String) {
        self.name = name
    }
}
