/// The names that an object has had so far.
///
/// Most objects are small: a hash table is made only when one has more names than a look along the list is worth.
struct JSONKeySet {
    private static let linearCount = 16

    private var table: Set<[UInt8]> = []

    /// Takes up a name.
    ///
    /// - Parameters:
    ///   - key: The name.
    ///   - members: The members before it.
    /// - Returns: False when the name was there already.
    mutating func insert(_ key: String, after members: [JSONObject.Member]) -> Bool {
        if members.count < Self.linearCount {
            return !members.contains { $0.key.utf8.elementsEqual(key.utf8) }
        }
        if table.isEmpty {
            for member in members { table.insert(Array(member.key.utf8)) }
        }
        return table.insert(Array(key.utf8)).inserted
    }
}
