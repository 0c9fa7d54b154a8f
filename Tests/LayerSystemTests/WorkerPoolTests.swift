import LayerTestKit
import Synchronization
import Testing

@testable import LayerSystem

@Suite("Worker pool")
struct WorkerPoolTests {
    struct JobError: Error, Equatable {
        let job: Int
    }

    @Test("each job runs once", arguments: [(1, 0), (1, 5), (2, 1), (4, 100), (100, 3), (0, 4), (-1, -1)])
    func everyJobOnce(_ workers: Int, _ jobs: Int) throws {
        let seen = Mutex<[Int]>([])
        try WorkerPool.run(workers: workers, jobs: jobs) { job in seen.withLock { $0.append(job) } }
        #expect(seen.withLock { $0.sorted() } == Array(0..<max(0, jobs)))
    }

    @Test("workers run at the same time")
    func concurrency() throws {
        let waiting = Atomic(0)
        // Each job waits for the other: one worker alone would never end.
        try WorkerPool.run(workers: 2, jobs: 2) { _ in
            waiting.add(1, ordering: .sequentiallyConsistent)
            while waiting.load(ordering: .sequentiallyConsistent) < 2 {}
        }
        #expect(waiting.load(ordering: .sequentiallyConsistent) == 2)
    }

    @Test("the failure of the lowest job is thrown, whichever came first")
    func errorOrder() throws {
        let failed = Atomic(false)
        let error = #expect(throws: JobError.self) {
            try WorkerPool.run(workers: 2, jobs: 10) { job in
                if job == 1 {
                    failed.store(true, ordering: .sequentiallyConsistent)
                    throw JobError(job: 1)
                }
                if job == 0 {
                    while !failed.load(ordering: .sequentiallyConsistent) {}
                    throw JobError(job: 0)
                }
            }
        }
        #expect(error == JobError(job: 0))
    }

    @Test("after a failure no further job is handed out", arguments: [1, 2, 4])
    func stopping(_ workers: Int) throws {
        let begun = Atomic(0)
        #expect(throws: JobError.self) {
            try WorkerPool.run(workers: workers, jobs: 1_000_000) { job in
                begun.add(1, ordering: .relaxed)
                throw JobError(job: job)
            }
        }
        #expect(begun.load(ordering: .relaxed) <= workers)
    }

    @Test("there is at least one processor")
    func processorCount() {
        #expect(WorkerPool.processorCount >= 1)
    }

    @Test(
        "a control group's share is rounded up to whole processors",
        arguments: [
            ("max 100000", nil), ("100000 100000", 1), ("150000 100000", 2), ("50000 100000", 1), ("400000 100000", 4),
            ("", nil), ("100000", nil), ("0 100000", nil), ("100000 0", nil), ("x y", nil),
        ] as [(String, Int?)]
    )
    func share(_ text: String, _ expected: Int?) {
        #expect(WorkerPool.processorShare(text) == expected)
    }

    @Test(
        "the control group is that of the one hierarchy",
        arguments: [
            ("0::/a/b\n", "/a/b"), ("1:cpu:/x\n0::/\n", ""), ("1:cpu:/x\n", nil), ("", nil),
        ] as [(String, String?)]
    )
    func controlGroup(_ text: String, _ expected: String?) {
        #expect(WorkerPool.controlGroupPath(in: Array(text.utf8)) == expected)
    }
}
