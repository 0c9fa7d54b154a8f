/// The major and minor number of a device node.
public struct DeviceNumber: Hashable, Sendable {
    /// The driver.
    public let major: UInt32
    /// The device that the driver serves.
    public let minor: UInt32

    /// Makes a device number from its parts.
    public init(major: UInt32, minor: UInt32) {
        self.major = major
        self.minor = minor
    }
}
