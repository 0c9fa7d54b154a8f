import Foundation
import LayerKit
import LayerSystem
import LayerTestKit
import Synchronization
import Testing

/// CVE-2018-15664: a program in the container exchanges a directory and a link while files are copied.
@Suite(.serialized) struct CopyRaceTests {
    @Test("A swapped link leads nowhere, in a thousand copies each way", Need.root, Need.tool("mount"))
    func swapper() throws {
        let kit = try KitStore()
        let report = try kit.load([MadeImage([["work/"]])])
        _ = try kit.store.createContainer(
            of: try #require(report.images.first).id,
            imageName: "made",
            name: "box"
        )
        let canary = String(kit.path.dropLast("/store".count)) + "/canary"
        try FileManager.default.createDirectory(atPath: canary, withIntermediateDirectories: false)
        try TestFile.write(Array("outside".utf8), to: canary + "/secret")
        let input = try kit.file("input", Array("copied".utf8))
        let output = canary + "-out"
        let before = try TreeLines.read(canary)
        let mount = try kit.store.mount("box")
        defer { try? kit.store.unmount("box", isLazy: true) }
        let work = String(decoding: mount.path, as: UTF8.self) + "/work"
        // Only a directory that no layer has can be exchanged in an overlay.
        try FileManager.default.createDirectory(atPath: work + "/a", withIntermediateDirectories: false)
        try TestFile.write(Array("inside".utf8), to: work + "/a/secret")
        try FileManager.default.createSymbolicLink(atPath: work + "/b", withDestinationPath: canary)

        let swapper = try Swapper(work)
        defer { swapper.stop() }
        var successCount = 0
        for round in 0..<1000 {
            // Refusals are in order: what was a directory a moment ago is none now.
            if (try? kit.store.copy(input, to: "box:/work/a/new")) != nil { successCount += 1 }
            if (try? kit.store.copy("box:/work/a/secret", to: output)) != nil {
                successCount += 1
                #expect(try TestFile.read(output) == Array("inside".utf8), "round \(round)")
            }
        }
        #expect(successCount > 100)
        #expect(try TreeLines.read(canary) == before)
        #expect(swapper.count > 1000)
    }
}

/// Exchanges `a` and `b` in a directory until it is stopped.
private final class Swapper: Sendable {
    private let isStopped = Atomic(false)
    private let swapCount = Atomic(0)
    private let isDone = DispatchSemaphore(value: 0)

    var count: Int { swapCount.load(ordering: .relaxed) }

    init(_ directory: String) throws {
        let directory = try Directory(path: directory)
        try directory.exchange("a", with: directory, "b")
        Thread.detachNewThread { [self] in
            while !isStopped.load(ordering: .relaxed) {
                if (try? directory.exchange("a", with: directory, "b")) != nil { swapCount.add(1, ordering: .relaxed) }
            }
            isDone.signal()
        }
    }

    func stop() {
        isStopped.store(true, ordering: .relaxed)
        isDone.wait()
    }
}
