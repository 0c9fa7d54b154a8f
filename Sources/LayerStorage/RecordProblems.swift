import LayerSystem

/// Records of a listing that cannot be used: one damaged object takes nothing else away.
struct RecordProblems {
    /// A line for each.
    private(set) var lines: [String] = []
    /// Why the first one that a device did not give could not be read: it may say anything, where a damaged one says nothing.
    private(set) var unreadable: SystemError?

    /// Notes what is wrong with a record.
    ///
    /// - Parameter error: What reading it threw.
    /// - Throws: The error, when this process lacks what it needs to read anything: that says nothing about a record.
    mutating func add(_ error: any Error) throws {
        if let error = error as? SystemError {
            guard !error.isExhausted else { throw error }
            if !error.isOfPlace { unreadable = unreadable ?? error }
        }
        lines.append("\(error)")
    }

    /// Notes what is wrong with a record that can be read.
    mutating func add(_ line: String) { lines.append(line) }

    /// Refuses to answer where a record that cannot be read would change the answer.
    ///
    /// - Throws: `SystemError`, why one cannot be read.
    func checkReadable() throws(SystemError) {
        if let unreadable { throw unreadable }
    }
}
