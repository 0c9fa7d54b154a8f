import LayerKit
import LayerModel
import LayerTestKit
import TestImages
import Testing

/// Contracts 3.1 and L-96: the rows of an image's history and the layers that they made.
@Suite struct HistoryTests {
    private func details(_ history: String?, layers: Int = 2) throws -> ImageDetails {
        var image = try MadeImage((0..<layers).map { ["file\($0)"] })
        image.history = history
        let kit = try KitStore()
        let archive = try ArchiveImages(.file(kit.file("made.tar", image.archive)))
        return try archive.measuring(archive.onlyImage())
    }

    private func rows(_ history: String?, layers: Int = 2, unclaimed: Bool = false) throws -> [String] {
        let image = try details(history, layers: layers)
        return try image.history(includesUnclaimedLayers: unclaimed).map { row in
            let place = row.layer.flatMap { layer in image.layers.firstIndex { $0.diffID == layer.diffID } }
            return
                "\(row.createdBy)|\(place.map(String.init) ?? "-")|\(row.isRecorded)|\(row.imageID == nil ? "" : "id")"
        }
    }

    @Test func `Rows are newest first, and empty ones have no layer`() throws {
        let history = #"[{"created_by":"a"},{"created_by":"b","empty_layer":true},{"created_by":"c"}]"#
        #expect(try rows(history) == ["c|1|true|id", "b|-|true|", "a|0|true|"])
    }

    @Test func `No history is no rows, or one for each layer where that is asked for`() throws {
        #expect(try rows(nil) == [])
        #expect(try rows("null") == [])
        #expect(try rows("[]") == [])
        #expect(try rows(nil, unclaimed: true) == ["|1|false|id", "|0|false|"])
    }

    @Test func `Layers that no row claims are passed over, or get rows above`() throws {
        #expect(try rows(#"[{"created_by":"a"}]"#) == ["a|0|true|id"])
        #expect(try rows(#"[{"created_by":"a"}]"#, unclaimed: true) == ["|1|false|id", "a|0|true|"])
    }

    @Test func `More rows with a layer than layers are an error`() throws {
        let error = #expect(throws: LayerError.self) { try rows("[{},{},{}]") }
        #expect(error?.code == .corrupt)
    }

    @Test func `The times of rows are read with their zone, and may be missing`() throws {
        let kit = try KitStore()
        let report = try kit.load(ImageFixture.oddHistory.path)
        let rows = try kit.store.image(report.images[0].id.description).history()
        #expect(rows.map(\.created?.seconds) == [946_677_599, nil, nil])
        #expect(rows.map(\.createdBy) == ["zone", "", "no date"])
    }
}
