/// The directory that the last entry went to, and how its name spelled the way there.
struct RecentDirectory {
    /// The bytes of a name up to its last component.
    private(set) var prefix: [UInt8] = []
    /// The directory that they lead to.
    private(set) var directory = NodeID.root

    /// Keeps where a name went.
    mutating func remember(_ prefix: UnsafeBufferPointer<UInt8>, as directory: NodeID) {
        self.directory = directory
        self.prefix.removeAll(keepingCapacity: true)
        self.prefix.append(contentsOf: prefix)
    }

    /// Whether a name begins with these bytes.
    func isPrefix(of name: UnsafeBufferPointer<UInt8>) -> Bool {
        guard !prefix.isEmpty, name.count > prefix.count else { return false }
        return prefix.withUnsafeBufferPointer { prefix in
            // From the end: names of one archive begin alike.
            for index in prefix.indices.reversed() where prefix[index] != name[index] { return false }
            return true
        }
    }
}
