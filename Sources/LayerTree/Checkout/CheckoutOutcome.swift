import Synchronization

/// What several threads have made of a tree.
final class CheckoutOutcome: Sendable {
    private struct State {
        var inodes: [UInt64]
        var losses = CheckoutLosses()
    }

    private let state: Mutex<State>

    /// Starts with nothing made.
    ///
    /// - Parameter count: How many names the tree has.
    init(count: Int) {
        state = Mutex(State(inodes: Array(repeating: 0, count: count)))
    }

    /// For each name the number of the file that it leads to; 0 for what is not made yet.
    var inodes: [UInt64] { state.withLock { $0.inodes } }

    /// What the disk could not hold.
    var losses: CheckoutLosses { state.withLock { $0.losses } }

    /// Adds what one thread has made.
    func add(_ made: [(place: Int, inode: UInt64)], _ losses: CheckoutLosses) {
        state.withLock { state in
            for file in made { state.inodes[file.place] = file.inode }
            state.losses.formUnion(losses)
        }
    }
}
