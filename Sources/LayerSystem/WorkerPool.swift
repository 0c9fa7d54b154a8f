internal import CLinux
internal import Synchronization

/// Work that is split over threads.
package enum WorkerPool {
    /// Runs numbered jobs on several threads and returns when all that were begun are done.
    ///
    /// Jobs are handed out in the order of their numbers. The calling thread is one of the workers. After a failure no further job is
    /// handed out, and since they are handed out in order, the failure reported is the one that a single worker would have met first
    /// among those that happened.
    ///
    /// - Parameters:
    ///   - workers: How many threads at most, the calling one included.
    ///   - jobs: How many jobs, numbered from 0.
    ///   - body: One job.
    /// - Throws: The error of the failed job with the lowest number.
    package static func run(workers: Int, jobs: Int, _ body: @Sendable (Int) throws -> Void) throws {
        let count = min(workers, jobs)
        guard count > 1 else {
            for job in 0..<max(0, jobs) { try body(job) }
            return
        }
        try withoutActuallyEscaping(body) { body in
            let queue = JobQueue(count: jobs)
            let work: @Sendable () -> Void = { queue.drain(body) }
            var threads: [WorkerThread] = []
            for _ in 1..<count {
                // Where no further thread can be had, those that are there do the work.
                guard let thread = WorkerThread.start(work) else { break }
                threads.append(thread)
            }
            work()
            for thread in threads { thread.join() }
            try queue.rethrow()
        }
    }
}
