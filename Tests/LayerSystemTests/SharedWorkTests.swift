import Glibc
import Synchronization
import Testing

@testable import LayerSystem

@Suite("Work that two threads share") struct SharedWorkTests {
    /// A tree of jobs: each offers ten more, and counts how often it ran.
    private final class Tree: Sendable {
        struct Inner: Sendable {
            let key: Int
            let job: SharedJob<[Inner]>
        }

        let runs = Mutex<[Int: Int]>([:])
        let leafStart: Int

        init(leafStart: Int) { self.leafStart = leafStart }

        func job(_ key: Int) -> SharedJob<[Inner]> {
            SharedJob {
                self.runs.withLock { $0[key, default: 0] += 1 }
                let keys = key < self.leafStart ? (1...10).map { key * 10 + $0 } : []
                let inner = keys.map { Inner(key: $0, job: self.job($0)) }
                return SharedJob.Outcome(inner, weight: inner.count + 1, offers: inner.map(\.job))
            }
        }

        func walk(_ job: SharedJob<[Inner]>, _ work: SharedWork<[Inner]>) -> Int {
            work.value(of: job).reduce(1) { $0 + walk($1.job, work) }
        }
    }

    @Test("every job is done once, whoever does it, and its result arrives", arguments: [1, 5, 100, 1 << 20])
    func once(weightLimit: Int) {
        let tree = Tree(leafStart: 1_000)
        let count = tree.walk(tree.job(0), SharedWork(weightLimit: weightLimit))
        let runs = tree.runs.withLock { $0 }
        #expect(count == 10_001)
        #expect(runs.count == 10_001)
        #expect(runs.values.allSatisfy { $0 == 1 })
    }

    @Test("the helper rests where enough waits, and what nobody takes ends with the work")
    func limit() throws {
        let tree = Tree(leafStart: 1_000)
        do {
            let work = SharedWork<[Tree.Inner]>(weightLimit: 50)
            let first = try #require(work.value(of: tree.job(0)).first)
            _ = work.value(of: first.job)
        }
        // 50 and one result more, each of 11 or 1.
        #expect(tree.runs.withLock { $0.count } < 60)
    }

    @Test("a result that the helper is at work on is waited for")
    func waiting() {
        let hasBegun = Mutex(false)
        let work = SharedWork<Int>(weightLimit: 10)
        let slow = SharedJob {
            hasBegun.withLock { $0 = true }
            usleep(20_000)
            return SharedJob.Outcome(7, weight: 1, offers: [])
        }
        _ = work.value(of: SharedJob { SharedJob.Outcome(0, weight: 1, offers: [slow]) })
        while !hasBegun.withLock({ $0 }) { usleep(1_000) }
        #expect(work.value(of: slow) == 7)
    }
}
