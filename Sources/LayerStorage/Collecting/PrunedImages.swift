/// What went of the images that nobody uses.
package struct PrunedImages: Sendable {
    /// What was done, in order.
    package internal(set) var events: [RemovalEvent] = []
    /// What the layers hold that went with them, and the stored bytes of layers, in bytes.
    package internal(set) var byteCount: Int64 = 0
    /// A line for each image that stays because it is mounted.
    package internal(set) var kept: [String] = []
    /// A line for each damaged record.
    package internal(set) var problems: [String] = []

    /// Nothing yet.
    package init() {}
}
