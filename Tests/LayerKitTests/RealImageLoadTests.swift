import LayerKit
import LayerModel
import LayerTestKit
import Testing

/// Archives that other tools wrote load, and load again without reading a layer.
@Suite struct RealImageLoadTests {
    static var files: [String] {
        get throws {
            guard let folder = Need.sharedPath("images/image") else { return [] }
            return try TestFile.list(folder)
        }
    }

    @Test(
        "A real archive loads, measures the same, and is there after that",
        Need.shared("images/image"),
        arguments: try files
    )
    func load(file: String) throws {
        let path = try #require(Need.sharedPath("images/image/\(file)"))
        let kit = try KitStore()
        let report = try kit.load(path)
        let archive = try ArchiveImages(.file(path))
        #expect(report.images.map(\.id) == archive.images.map(\.id))
        #expect(!report.images.isEmpty)
        for image in archive.images {
            let loaded = try kit.store.image(image.id.description)
            let measured = try archive.measuring(image)
            #expect(measured.layers.map(\.diffID) == loaded.layers.map(\.diffID))
            #expect(measured.layers.map(\.size) == loaded.layers.map(\.size))
            #expect(loaded.layers.allSatisfy { $0.size != nil })
            #expect(try measured.history().count == loaded.history().count)
        }
        #expect(try kit.load(path).unpackedLayerCount == 0)
        for image in report.images { _ = try kit.store.remove(image.id.description, isForced: true) }
        #expect(try kit.contents().count == 2)
    }
}
