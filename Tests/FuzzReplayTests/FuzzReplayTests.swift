import FuzzTargets
import LayerTestKit
import Testing

/// Runs what fuzzers run, without one: the committed corpus, and inputs near it that a seed gives again.
///
/// Each target runs in a process of its own, as a broken law ends it.
@Suite struct FuzzReplayTests {
    /// How many changed inputs are tried for each of the corpus: fewer where one takes a millisecond.
    private static func mutationCount(of target: FuzzTarget) -> Int {
        switch target {
        case .load: 4
        case .layer, .index: 20
        default: 100
        }
    }

    @Test(
        "A reader gives a value or an error for each input of its corpus, and for what is near",
        arguments: FuzzTarget.allCases
    )
    func replay(target: FuzzTarget) async throws {
        await #expect(processExitsWith: .success) { [name = target.rawValue as String] in
            let target = try #require(FuzzTarget(rawValue: name))
            let inputs = try FuzzCorpus.inputs(of: target)
            #expect(!inputs.isEmpty)
            var mutator = FuzzMutator(seed: 20_250_101)
            for (place, input) in inputs.enumerated() {
                input.bytes.withUnsafeBytes { target.run($0) }
                for _ in 0..<Self.mutationCount(of: target) {
                    let other = inputs[(place + 1) % inputs.count].bytes
                    mutator.mutated(input.bytes, with: other).withUnsafeBytes { target.run($0) }
                }
            }
        }
    }
}
