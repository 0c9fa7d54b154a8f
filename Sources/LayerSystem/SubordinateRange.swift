/// Numbers of users or groups that a user may give away.
///
/// Source: man 5 subuid.
package struct SubordinateRange: Hashable, Sendable {
    /// The first number, as the host counts.
    package let start: UInt32
    /// How many there are; at least 1.
    package let count: UInt32

    /// Finds a user's ranges in the text of /etc/subuid or /etc/subgid.
    ///
    /// - Parameters:
    ///   - text: The file's content: lines of owner, start and count with colons between. What has another form is passed over, as the
    ///     programs do that obey the file.
    ///   - uid: The user's number.
    ///   - name: The user's name, or nil when there is none.
    /// - Returns: The ranges in the file's order.
    package static func parse(_ text: some Collection<UInt8>, uid: UInt32, name: String?) -> [SubordinateRange] {
        text.split(separator: UInt8(ascii: "\n")).compactMap { line in
            let fields = line.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
                .map { String(decoding: $0, as: UTF8.self) }
            guard fields.count == 3, fields[0] == String(uid) || fields[0] == name else { return nil }
            let blanks: Set<Character> = [" ", "\t"]
            guard let start = UInt32(fields[1]), let count = UInt32(String(fields[2].filter { !blanks.contains($0) })),
                count > 0, !start.addingReportingOverflow(count - 1).overflow
            else { return nil }
            return SubordinateRange(start: start, count: count)
        }
    }
}
