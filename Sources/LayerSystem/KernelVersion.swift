/// The first two numbers of a kernel's release.
package struct KernelVersion: Hashable, Sendable {
    /// The first number.
    package let major: Int
    /// The second number.
    package let minor: Int

    /// Makes a version.
    package init(_ major: Int, _ minor: Int) {
        self.major = major
        self.minor = minor
    }

    /// Reads a release (`6.1.0-18-amd64`); what has another form counts as 0.0.
    package init(release: String) {
        let numbers = release.split(separator: ".", maxSplits: 2).map { Int($0.prefix { $0.isNumber }) }
        major = numbers.first.flatMap { $0 } ?? 0
        minor = numbers.dropFirst().first.flatMap { $0 } ?? 0
    }
}

extension KernelVersion: Comparable {
    /// Orders by age.
    package static func < (left: KernelVersion, right: KernelVersion) -> Bool {
        (left.major, left.minor) < (right.major, right.minor)
    }
}

extension KernelVersion: CustomStringConvertible {
    /// The form `6.1`.
    package var description: String { "\(major).\(minor)" }
}
