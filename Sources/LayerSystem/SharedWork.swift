/// Jobs that two threads share: whoever needs a result does the job if nobody has begun it, and meanwhile a helper does what was offered
/// last.
///
/// A job may offer others. The helper is a thread of its own; where none can be had, all is done by whoever needs it.
///
/// Used by one thread at a time.
package final class SharedWork<Key: Hashable & Sendable, Value: Sendable> {
    /// What is to be done for a key.
    package typealias Job = @Sendable () -> Outcome

    /// What came of a job.
    package struct Outcome: Sendable {
        /// The result.
        let value: Value
        /// How much the result weighs while it waits.
        let weight: Int
        /// What can be done next.
        let offers: [(key: Key, job: Job)]

        /// Says what came of a job.
        ///
        /// - Parameters:
        ///   - value: The result.
        ///   - weight: How much it weighs while it waits, in units of the limit.
        ///   - offers: What can be done next, in the order in which it will be needed.
        package init(_ value: Value, weight: Int, offers: [(key: Key, job: Job)]) {
            self.value = value
            self.weight = weight
            self.offers = offers
        }
    }

    private let desk: Desk
    private var helper: WorkerThread?
    private var hasHelper = false

    /// Begins with nothing offered; the helper starts with the first offer.
    ///
    /// - Parameter weightLimit: With how much waiting the helper rests.
    package init(weightLimit: Int) {
        desk = Desk(weightLimit: weightLimit)
    }

    deinit {
        desk.stop()
        helper?.join()
    }

    /// The result of a job, which may be there, may be awaited, or is made now.
    ///
    /// - Parameters:
    ///   - key: Which; each once.
    ///   - job: What to do if it was not offered.
    /// - Returns: The result.
    package func value(of key: Key, orDo job: () -> Outcome) -> Value {
        switch desk.take(key) {
        case .done(let value, _): return value
        case .offered(let offered): return finish(offered())
        case .begun, nil: return finish(job())
        }
    }

    private func finish(_ outcome: Outcome) -> Value {
        if !outcome.offers.isEmpty {
            desk.offer(outcome.offers)
            startHelper()
        }
        return outcome.value
    }

    private func startHelper() {
        guard !hasHelper else { return }
        hasHelper = true
        let desk = desk
        helper = WorkerThread.start { desk.help() }
    }

    private enum State {
        case offered(Job)
        case begun
        case done(Value, weight: Int)
    }

    /// What both threads look at.
    ///
    /// Sendable because all that changes is touched under the lock.
    private final class Desk: @unchecked Sendable {  // reason: locked, see above
        private let monitor = Monitor()
        private let weightLimit: Int
        private var states: [Key: State] = [:]
        /// What was offered, the last at the end; some of it is taken already.
        private var offers: [Key] = []
        private var weight = 0
        private var isStopped = false

        init(weightLimit: Int) {
            self.weightLimit = weightLimit
        }

        func offer(_ jobs: [(key: Key, job: Job)]) {
            monitor.locked { add(jobs) }
        }

        /// Takes what is known of a key off the desk; what the helper has begun is waited for.
        func take(_ key: Key) -> State? {
            monitor.locked {
                while case .begun = states[key] { monitor.wait() }
                let state = states.removeValue(forKey: key)
                if case .done(_, let weight) = state {
                    self.weight -= weight
                    monitor.signal()
                }
                return state
            }
        }

        func help() {
            while let (key, job) = begin() {
                let outcome = job()
                monitor.locked {
                    states[key] = .done(outcome.value, weight: outcome.weight)
                    weight += outcome.weight
                    add(outcome.offers)
                    monitor.signal()
                }
            }
        }

        func stop() {
            monitor.locked {
                isStopped = true
                monitor.signal()
            }
        }

        private func add(_ jobs: [(key: Key, job: Job)]) {
            for (key, job) in jobs {
                states[key] = .offered(job)
                offers.append(key)
            }
            monitor.signal()
        }

        private func begin() -> (Key, Job)? {
            monitor.locked {
                while !isStopped {
                    guard weight < weightLimit, let key = offers.popLast() else {
                        monitor.wait()
                        continue
                    }
                    guard case .offered(let job) = states[key] else { continue }
                    states[key] = .begun
                    return (key, job)
                }
                return nil
            }
        }
    }
}
