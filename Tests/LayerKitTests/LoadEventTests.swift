import LayerKit
import LayerModel
import LayerTestKit
import TestImages
import Testing

/// What a load tells of how far it is adds up.
@Suite struct LoadEventTests {
    private func events(_ kit: KitStore, _ path: String) throws -> EventRecorder {
        let recorder = EventRecorder()
        _ = try kit.store.load(.file(path), .platform("linux", "amd64"), onEvent: recorder.record)
        return recorder
    }

    @Test("The steps of all layers add up to what was planned", arguments: ImageFixture.app)
    func sums(fixture: ImageFixture) throws {
        let kit = try KitStore()
        let recorder = try events(kit, fixture.path)
        let plan = recorder.plan
        let facts = try FixtureFacts.read()
        #expect(plan.count == 6)
        #expect(Set(plan.map(\.diffID.description)) == Set(facts.layers.map(\.diffID)))
        #expect(plan.allSatisfy { !$0.isPresent })
        #expect(recorder.advancedByteCount == plan.reduce(0) { $0 + $1.byteCount })
        #expect(recorder.unpackedPlaces.sorted() == Array(0..<6))
        guard case .planned? = recorder.events.first, case .synchronizing? = recorder.events.last else {
            Issue.record("the plan is not first, or the disk not last")
            return
        }
    }

    @Test func `What is there is planned as such, and no step is made for it`() throws {
        let kit = try KitStore()
        _ = try events(kit, ImageFixture.dockerV24.path)
        let recorder = try events(kit, ImageFixture.ociGzip.path)
        #expect(recorder.plan.count == 6)
        #expect(recorder.plan.allSatisfy { $0.isPresent })
        #expect(recorder.advancedByteCount == 0)
        #expect(recorder.unpackedPlaces == [])
    }

    @Test func `Steps of a large layer come while it is read`() throws {
        let kit = try KitStore()
        let content = (0..<(9 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 13) }
        var builder = TarBuilder()
        builder.add(name: Array("large".utf8), content: content)
        builder.end()
        let image = MadeImage(tars: [builder.bytes])
        let recorder = try events(kit, kit.file("large.tar", image.archive))
        let steps = recorder.events.count { if case .advanced = $0 { true } else { false } }
        #expect(steps >= 9)
        #expect(recorder.advancedByteCount == Int64(builder.bytes.count))
    }
}
