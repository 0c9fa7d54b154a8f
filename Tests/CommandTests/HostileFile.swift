import Foundation
import LayerTestKit
import TestImages

/// An archive that is made to do harm: of the fixtures, or of the larger set that lies beside some checkouts.
struct HostileFile: CustomStringConvertible, Sendable {
    private struct Case: Decodable {
        let file: String
        let expect: String
        let alsoOk: [String]
    }

    private struct Index: Decodable {
        let cases: [Case]
    }

    let path: String
    let mayBeLoaded: Bool
    let mayBeRefused: Bool

    var description: String { URL(fileURLWithPath: path).lastPathComponent }

    static func all() throws -> [HostileFile] {
        let malformed = try MalformedFixture.all.map {
            HostileFile(path: $0.path, mayBeLoaded: false, mayBeRefused: true)
        }
        guard let path = Need.sharedPath("hostile/index.json") else { return malformed }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let index = try decoder.decode(Index.self, from: Data(TestFile.read(path)))
        return malformed
            + index.cases.compactMap { item in
                guard let file = Need.sharedPath("hostile/\(item.file)") else { return nil }
                let outcomes = [item.expect] + item.alsoOk
                return HostileFile(
                    path: file,
                    mayBeLoaded: outcomes.contains("safe"),
                    mayBeRefused: outcomes.contains("reject")
                )
            }
    }
}
