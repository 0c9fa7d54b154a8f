import Foundation
import LayerKit
import LayerModel
import LayerTestKit
import TestImages
import Testing

/// What overlayfs shows of the layers in the store is the image's tree.
@Suite(.serialized, Need.root, Need.tool("mount")) struct MergedTreeTests {
    /// The lines of what an overlay of an image's lower directories shows.
    private func tree(_ fixture: ImageFixture) throws -> [String] {
        let kit = try KitStore()
        let report = try kit.load(fixture.path, .platform("linux", "amd64"))
        let image = try kit.store.image(try #require(report.images.first).id.description)
        let scratch = try ScratchDirectory()
        let empty = [scratch.path + "/empty", scratch.path + "/bottom"]
        let target = scratch.path + "/merged"
        for path in empty + [target] {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        }
        // A single lower directory is no overlay: some with nothing in them go to the bottom.
        let lowers = try #require(image.location).lowerPaths + empty
        try run("mount", ["-t", "overlay", "overlay", "-o", "ro,lowerdir=" + lowers.joined(separator: ":"), target])
        defer { try? run("umount", [target]) }
        return try TreeLines.read(target)
    }

    private func run(_ tool: String, _ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(Need.find(tool)))
        process.arguments = arguments
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(tool) \(arguments)")
    }

    @Test("The app image's tree has every file with all its attributes", arguments: ImageFixture.app)
    func app(fixture: ImageFixture) throws {
        let (found, expected) = (try tree(fixture), try FixtureFacts.mergedTree())
        #expect(Set(found).subtracting(expected) == [])
        #expect(Set(expected).subtracting(found) == [])
        #expect(found.count == expected.count)
    }

    @Test("The trees of small images are what the layers say", arguments: SmallTree.all)
    func small(image: SmallTree) throws {
        let found = try tree(image.fixture).map { line in
            let columns = line.split(separator: "\t")
            let value = columns[6].split(separator: ":")[0]
            return "\(columns[0]) \(columns[1]) \(columns[2]) \(columns[3]) \(columns[7]) \(value)"
        }
        #expect(found == image.lines)
    }
}
