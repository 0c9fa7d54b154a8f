import Glibc
import Synchronization
import Testing

@testable import LayerSystem

@Suite("Work that two threads share") struct SharedWorkTests {
    private typealias Work = SharedWork<Int, [Int]>

    /// A tree of jobs: each offers ten more, and counts how often it ran.
    private final class Tree: Sendable {
        let runs = Mutex<[Int: Int]>([:])
        let leafStart: Int

        init(leafStart: Int) { self.leafStart = leafStart }

        func job(_ key: Int) -> Work.Outcome {
            runs.withLock { $0[key, default: 0] += 1 }
            let inner = key < leafStart ? (1...10).map { key * 10 + $0 } : []
            return Work.Outcome(inner, weight: inner.count + 1, offers: inner.map { key in (key, { self.job(key) }) })
        }

        func walk(_ key: Int, _ work: Work) -> Int {
            work.value(of: key) { job(key) }.reduce(1) { $0 + walk($1, work) }
        }
    }

    @Test("every job is done once, whoever does it, and its result arrives", arguments: [1, 5, 100, 1 << 20])
    func once(weightLimit: Int) {
        let tree = Tree(leafStart: 1_000)
        let work = Work(weightLimit: weightLimit)
        let count = tree.walk(0, work)
        let runs = tree.runs.withLock { $0 }
        #expect(count == 10_001)
        #expect(runs.count == 10_001)
        #expect(runs.values.allSatisfy { $0 == 1 })
    }

    @Test("the helper rests where enough waits, and what nobody takes ends with the work")
    func limit() {
        let tree = Tree(leafStart: 1_000)
        do {
            let work = Work(weightLimit: 50)
            _ = work.value(of: 0) { tree.job(0) }
            _ = work.value(of: 1) { tree.job(1) }
        }
        // 50 and one result more, each of 11 or 1.
        #expect(tree.runs.withLock { $0.count } < 60)
    }

    @Test("a result that the helper is at work on is waited for")
    func waiting() {
        let hasBegun = Mutex(false)
        let work = Work(weightLimit: 10)
        let slow: Work.Job = {
            hasBegun.withLock { $0 = true }
            usleep(20_000)
            return Work.Outcome([7], weight: 1, offers: [])
        }
        _ = work.value(of: 0) { Work.Outcome([], weight: 1, offers: [(1, slow)]) }
        while !hasBegun.withLock({ $0 }) { usleep(1_000) }
        #expect(work.value(of: 1) { Work.Outcome([8], weight: 1, offers: []) } == [7])
    }
}
