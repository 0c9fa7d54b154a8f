internal import Synchronization

/// A job that one of two threads does, and the other may wait for.
///
/// Sendable because its state says who may touch the rest: the offerer until it is begun, whoever began it until it is done, and then
/// whoever takes the result.
package final class SharedJob<Value: Sendable>: @unchecked Sendable {  // reason: one thread at a time, see above
    /// What came of a job.
    package struct Outcome: Sendable {
        /// The result.
        let value: Value
        /// How much the result weighs while it waits.
        let weight: Int
        /// What can be done next.
        let offers: [SharedJob<Value>]

        /// Says what came of a job.
        ///
        /// - Parameters:
        ///   - value: The result.
        ///   - weight: How much it weighs while it waits, in units of the limit.
        ///   - offers: What can be done next, in the order in which it will be needed.
        package init(_ value: Value, weight: Int, offers: [SharedJob<Value>]) {
            self.value = value
            self.weight = weight
            self.offers = offers
        }
    }

    private enum State: UInt8, AtomicRepresentable {
        case offered
        case begun
        /// Begun by one, while the other waits.
        case awaited
        case done
    }

    private let state = Atomic(State.offered)
    private var body: (@Sendable () -> Outcome)?
    private var result: (value: Value, weight: Int)?

    /// Describes a job.
    ///
    /// - Parameter body: What is to be done.
    package init(_ body: @escaping @Sendable () -> Outcome) {
        self.body = body
    }

    /// Whether it is the caller's to do: for one of all who ask.
    func begin() -> Bool {
        state.compareExchange(expected: .offered, desired: .begun, ordering: .acquiringAndReleasing).exchanged
    }

    /// Does it, for whoever began it.
    func run() -> Outcome {
        guard let body else { preconditionFailure("a job is done once") }
        self.body = nil
        return body()
    }

    /// Puts the result down for the other thread; says whether that waits.
    func keep(_ outcome: Outcome) -> Bool {
        result = (outcome.value, outcome.weight)
        return state.exchange(.done, ordering: .acquiringAndReleasing) == .awaited
    }

    /// Looks whether it is done, again for a short time: most jobs take less than it takes to fall asleep.
    func isDone(afterLooks count: Int) -> Bool {
        for _ in 0..<count {
            if state.load(ordering: .acquiring) == .done { return true }
        }
        return false
    }

    /// Whether it is done; if not, whoever does it learns that somebody waits.
    func isDoneOrAwaited() -> Bool {
        let found = state.compareExchange(expected: .begun, desired: .awaited, ordering: .acquiringAndReleasing)
        return found.original == .done
    }

    /// The result of what is done, for the one who asked.
    func takeResult() -> (Value, weight: Int) {
        guard let result else { preconditionFailure("a result is taken once, of a job that is done") }
        self.result = nil
        return (result.value, result.weight)
    }
}
