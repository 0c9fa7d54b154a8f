/// The writable part of a mount: where changes go.
///
/// Both directories lie on one file system, and no other mount may use them at the same time.
package struct UpperTree: Hashable, Sendable {
    /// The directory that takes the changes, in overlay form: an absolute path of the host.
    package let upper: [UInt8]
    /// The directory in which the driver prepares them: an absolute path of the host.
    package let work: [UInt8]

    /// Names the two directories.
    ///
    /// - Parameters:
    ///   - upper: An absolute path of the host.
    ///   - work: An absolute path of the host.
    package init(upper: [UInt8], work: [UInt8]) {
        self.upper = upper
        self.work = work
    }
}
