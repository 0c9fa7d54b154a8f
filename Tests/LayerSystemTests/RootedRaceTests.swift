import Foundation
import LayerTestKit
import Synchronization
import Testing

@testable import LayerSystem

@Suite("Races below a root")
struct RootedRaceTests {
    @Test(
        "while a directory and a link to the outside change places, nothing outside is reached",
        arguments: RootedResolver.allCases
    )
    func swapper(_ resolver: RootedResolver) throws {
        let scratch = try ScratchDirectory()
        let outer = try Directory(path: scratch.path)
        try outer.createFile("file").write(Array("outside".utf8))
        try outer.makeDirectory("root")
        let root = try outer.open("root")
        try root.makeDirectory("d")
        try root.open("d").makeDirectory("e")
        try root.open("d").createFile("file").write(Array("inside".utf8))
        try root.makeSymbolicLink("l", target: "../..")
        let isOver = Atomic(false)
        let reached = Mutex<(inside: Int, failed: Int, outside: Int)>((0, 0, 0))
        try WorkerPool.run(workers: 2, jobs: 2) { job in
            if job == 1 {
                while !isOver.load(ordering: .relaxed) { try root.exchange("d", with: root, "l") }
                return
            }
            defer { isOver.store(true, ordering: .relaxed) }
            for round in 0..<8000 {
                let path = round % 2 == 0 ? "d/file" : "d/e/../file"
                guard let opened = try? root.resolve(path, flags: O_RDONLY, with: resolver) else {
                    reached.withLock { $0.failed += 1 }
                    continue
                }
                let content = try File(owning: opened, label: path).readAll(byteLimit: 100)
                let isInside = content == Array("inside".utf8)
                reached.withLock { counts in
                    counts.inside += isInside ? 1 : 0
                    counts.outside += isInside ? 0 : 1
                }
            }
        }
        let counts = reached.withLock { $0 }
        #expect(counts.outside == 0)
        #expect(counts.inside > 0)
    }
}
