internal import Synchronization

/// The jobs of one run of the pool: which comes next, and what failed.
final class JobQueue: Sendable {
    private struct State {
        var next = 0
        var failure: (job: Int, error: any Error)?
    }

    private let count: Int
    private let state = Mutex(State())

    init(count: Int) {
        self.count = count
    }

    /// Runs jobs until there are none, or one has failed.
    func drain(_ body: (Int) throws -> Void) {
        while let job = take() {
            do {
                try body(job)
            } catch {
                fail(job, error)
            }
        }
    }

    /// Throws the error of the failed job with the lowest number.
    func rethrow() throws {
        if let failure = state.withLock({ $0.failure }) { throw failure.error }
    }

    private func take() -> Int? {
        state.withLock { state in
            guard state.failure == nil, state.next < count else { return nil }
            state.next += 1
            return state.next - 1
        }
    }

    private func fail(_ job: Int, _ error: any Error) {
        state.withLock { state in
            if let failure = state.failure, failure.job < job { return }
            state.failure = (job, error)
        }
    }
}
