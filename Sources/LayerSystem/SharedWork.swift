/// Jobs that two threads share: whoever needs a result does the job if nobody has begun it, and meanwhile a helper does what was offered
/// last.
///
/// A job may offer others. The helper is a thread of its own; where none can be had, all is done by whoever needs it.
///
/// Used by one thread at a time.
package final class SharedWork<Value: Sendable> {
    /// A job, and in time its result.
    package typealias Job = SharedJob<Value>

    /// How often one looks for a result before it falls asleep: some ten microseconds, of which a directory takes as many.
    private static var lookCount: Int { 20_000 }

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
    /// - Parameter job: The job; each is asked for once.
    /// - Returns: The result.
    package func value(of job: Job) -> Value {
        if job.begin() {
            let outcome = job.run()
            offer(outcome.offers)
            return outcome.value
        }
        if !job.isDone(afterLooks: Self.lookCount) { desk.wait(for: job) }
        let (value, weight) = job.takeResult()
        desk.takeAway(weight)
        return value
    }

    /// Offers jobs to the helper; their results may be asked for at any time.
    ///
    /// - Parameter jobs: The jobs, in the order in which their results will be needed.
    package func offer(_ jobs: [Job]) {
        guard !jobs.isEmpty else { return }
        desk.offer(jobs)
        guard !hasHelper else { return }
        hasHelper = true
        let desk = desk
        helper = WorkerThread.start { desk.help() }
    }

    /// Where offers lie, and where one thread waits for the other.
    ///
    /// Sendable because all that changes is touched under the lock.
    private final class Desk: @unchecked Sendable {  // reason: locked, see above
        private let monitor = Monitor()
        private let weightLimit: Int
        /// What the helper has not seen yet, the last at the end.
        private var offers: [Job] = []
        private var weight = 0
        private var isHelperResting = false
        private var isStopped = false

        init(weightLimit: Int) {
            self.weightLimit = weightLimit
        }

        func offer(_ jobs: [Job]) {
            monitor.locked {
                offers.append(contentsOf: jobs)
                if isHelperResting { monitor.signal() }
            }
        }

        /// Waits until the helper has done what it has begun.
        func wait(for job: Job) {
            monitor.locked {
                while !job.isDoneOrAwaited() { monitor.wait() }
            }
        }

        func takeAway(_ weight: Int) {
            monitor.locked {
                self.weight -= weight
                if isHelperResting { monitor.signal() }
            }
        }

        func help() {
            // Offers that are the helper's alone: it looks for others only between two jobs.
            var own: [Job] = []
            var done = 0
            while takeOffers(&own, adding: done) {
                done = 0
                guard let job = own.popLast(), job.begin() else { continue }
                let outcome = job.run()
                own.append(contentsOf: outcome.offers)
                done = outcome.weight
                if job.keep(outcome) { monitor.locked { monitor.signal() } }
            }
        }

        func stop() {
            monitor.locked {
                isStopped = true
                monitor.signal()
            }
        }

        /// Takes what was offered, when there is something to do and room for its result; false when all is over.
        private func takeOffers(_ own: inout [Job], adding done: Int) -> Bool {
            monitor.locked {
                weight += done
                while !isStopped {
                    own.append(contentsOf: offers)
                    offers.removeAll(keepingCapacity: true)
                    if weight < weightLimit, !own.isEmpty { return true }
                    isHelperResting = true
                    monitor.wait()
                    isHelperResting = false
                }
                return false
            }
        }
    }
}
