import LayerModel
import LayerSystem
import LayerTestKit
import Testing

@testable import LayerTree

@Suite("Unpacked layers mean what the definition says") struct MergeLawTests {
    /// More seeds than the usual ones by `LAYERCTL_TEST_SEEDS`, a count.
    static let seeds: Range<UInt64> = 0..<(givenSeedCount ?? 400)
    /// Whether the tests may take as long as it takes.
    static let isLongRun = givenSeedCount != nil
    private static let givenSeedCount = Host.environment("LAYERCTL_TEST_SEEDS").flatMap(UInt64.init)

    @Test("Random stacks merge to the tree of TreeMerge, and their tars come back", arguments: seeds)
    func randomStacks(seed: UInt64) throws {
        var random = RandomLayers(seed: seed)
        let stack = random.stack()
        var merge = TreeMerge()
        var expected: Result<[LayerPath: Look], any Error> = .success([:])
        do {
            for layer in stack { try merge.apply(layer) }
            expected = .success(UnpackedStack.looks(of: merge))
        } catch {
            expected = .failure(error)
        }
        let tars = stack.map { TarBuilder.tar($0) }
        switch expected {
        case .failure(let error):
            #expect(throws: (any Error).self, "seed \(seed): the definition refuses it (\(error))") {
                _ = try UnpackedStack(tars)
            }
        case .success(let looks):
            let unpacked = try UnpackedStack(tars, sharesWork: seed % 2 == 1 ? { true } : nil)
            let merged = try unpacked.merged()
            for path in Set(merged.keys).union(looks.keys).sorted() {
                #expect(merged[path] == looks[path], "seed \(seed): \(path)")
            }
            for number in tars.indices {
                #expect(try unpacked.recreate(number) == tars[number], "seed \(seed): tar of layer \(number)")
                #expect(try unpacked.indexDifferences(number) == [], "seed \(seed): index of layer \(number)")
            }
        }
    }
}
