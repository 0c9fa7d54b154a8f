import Foundation
import ImageSpec
import ImageTransport
import LayerArchive
import LayerModel
import LayerSystem
import LayerTestKit
import TestImages
import Testing

@testable import LayerTree

@Suite("The exact tar is made again") struct TarRecreationTests {
    private static let fixtures: [ImageFixture] =
        ImageFixture.app + ImageFixture.variants.filter { $0 != .hardLinkForward } + [
            .dockerLegacy, .twoImagesDocker, .twoImagesDockerV25, .twoImagesOCI,
        ]

    /// Unpacks the layers of all images of a file and holds their tars against the DiffIDs.
    private func check(_ path: String, _ platform: String = "amd64") throws -> Int {
        let request = PlatformRequest.host(Platform(os: "linux", architecture: platform))
        var count = 0
        for image in try ImageSource.open(.path(path), platform: request).images {
            let layers = image.layers.filter(\.isPresent)
            let stack = try UnpackedStack(layers.map { layer in { try layer.openUncompressed().source } })
            for (number, layer) in layers.enumerated() {
                let tap = DigestTap(try TarRecreation(stack.lowers[number].index, layer: stack.layers[number]))
                #expect(DiffID(try tap.finish().digest) == layer.diffID, "\(layer.memberName)")
                #expect(try stack.indexDifferences(number) == [], "\(layer.memberName)")
                count += 1
            }
        }
        return count
    }

    @Test("L-97: every layer of every fixture hashes to its DiffID", arguments: fixtures)
    func fixture(_ fixture: ImageFixture) throws {
        let count = try check(fixture.path)
        #expect(count > 0 || fixture == .noLayers)
    }

    @Test("L-81: the fixture whose link leads forward is refused by the link's name")
    func forwardLink() {
        #expect(throws: TreeError.linkTargetMissing(name: Array("b".utf8), target: Array("later".utf8))) {
            try check(ImageFixture.hardLinkForward.path)
        }
    }

    @Test(
        "L-97: every layer of the images beside the repository hashes to its DiffID",
        Need.shared("images/image")
    )
    func sharedImages() throws {
        let folder = try #require(Need.sharedPath("images/image"))
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        var count = 0
        for name in names { count += try check(folder + "/" + name) }
        #expect(names.count >= 16)
        #expect(count >= 30, "\(count) layers")
    }

    @Test(
        "L-97: every tar beside the repository comes back, trailing bytes and all, or is refused",
        Need.shared("images/tar")
    )
    func sharedTars() throws {
        let folder = try #require(Need.sharedPath("images/tar"))
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.contains(".tar") }.sorted()
        var refused: Set<String> = []
        // Two of 60 GB of holes each, which are hashed: half a minute.
        for name in names where MergeLawTests.isLongRun || !name.hasSuffix("sparse-big.tar") {
            let stored = Array(try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name)))
            do {
                let tar = try UnpackedStack.bytes(of: Decompressor(BytesSource(stored)))
                let stack = try UnpackedStack([tar])
                #expect(try stack.recreate(0) == tar, "\(name)")
            } catch is ArchiveError {
                refused.insert(name)
            } catch let error as TreeError {
                #expect(error.description.hasPrefix("entry \""), "\(name)")
                refused.insert(name)
            }
        }
        print("\(names.count) tars, refused: \(refused.sorted())")
        #expect(names.count - refused.count >= 30)
    }

    @Test(
        "L-10: whatever the sizes of the chunks, and with bytes behind the end",
        arguments: [1, 7, 511, 512, 513, 4096]
    )
    func chunks(byteCount: Int) throws {
        let tar = TarBuilder.tar(try IndexBench.layer()) + [1, 2, 3] + [UInt8](repeating: 0, count: 10_000)
        let stack = try UnpackedStack([{ BytesSource(tar, chunkByteCount: byteCount) }])
        #expect(try stack.recreate(0) == tar)
    }

    @Test("L-11: nothing at all is a layer", arguments: [0, 512, 1024, 10_240])
    func empty(byteCount: Int) throws {
        let tar = [UInt8](repeating: 0, count: byteCount)
        let stack = try UnpackedStack([tar])
        #expect(stack.lowers[0].index.nodes.count == 1)
        #expect(try stack.recreate(0) == tar)
    }

    struct Damage: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let path: String
        var reason: String?
        let make: @Sendable (Directory) throws -> Void
    }

    static let damages: [Damage] = [
        Damage(testDescription: "a file that is gone", path: "d/f", reason: "No such file or directory") {
            try $0.open("tree").open("d").unlink("f")
        },
        Damage(testDescription: "a directory that is gone", path: "i/k", reason: "No such file or directory") {
            try $0.open("tree").removeTree("i")
        },
        Damage(testDescription: "a directory that is a file", path: "i/k", reason: "Not a directory") { layer in
            let tree = try layer.open("tree")
            try tree.removeTree("i")
            _ = try tree.createFile("i")
        },
        Damage(testDescription: "a file that is a directory", path: "f", reason: "Not a regular file") { layer in
            let tree = try layer.open("tree")
            try tree.unlink("f")
            try tree.makeDirectory("f")
        },
        Damage(testDescription: "a file that is a FIFO", path: "f", reason: "Not a regular file") { layer in
            let tree = try layer.open("tree")
            try tree.unlink("f")
            try tree.makeNode("f", kind: .fifo, mode: 0o644, device: DeviceNumber(major: 0, minor: 0))
        },
        Damage(testDescription: "a file that is a link to itself", path: "f") { layer in
            let tree = try layer.open("tree")
            try tree.unlink("f")
            try tree.makeSymbolicLink("f", target: "f")
        },
        Damage(testDescription: "a file that is cut", path: "d/f", reason: "The file ends early") { layer in
            let directory = try layer.open("tree").open("d")
            try directory.unlink("f")
            try directory.createFile("f").write([1])
        },
        Damage(testDescription: "a shadowed file that is gone", path: "shadowed/", reason: "No such file or directory")
        { try $0.removeTree("shadowed") },
    ]

    @Test("A damaged file is named in the error", arguments: damages)
    func damaged(_ damage: Damage) throws {
        let stack = try UnpackedStack([TarBuilder.tar(try IndexBench.layer())])
        try damage.make(stack.layers[0])
        let error = #expect(throws: TreeError.self) { try stack.recreate(0) }
        guard case .damagedFile(let path, let reason) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(path.description.hasPrefix("/" + damage.path))
        #expect(damage.reason == nil || reason == damage.reason)
        #expect(error?.description.hasPrefix("layer file \"\(damage.path)") == true)
    }

    @Test("Changed content gives another digest, of the tar and of the file")
    func changedContent() throws {
        let tar = TarBuilder.tar(try IndexBench.layer())
        let stack = try UnpackedStack([tar])
        let directory = try stack.layers[0].open("tree").open("d")
        try directory.unlink("f")
        try directory.createFile("f").write(Array("CONTENT of d/f".utf8))
        #expect(try stack.recreate(0) != tar)
        #expect(try stack.indexDifferences(0).contains("/d/f: content"))
    }
}
