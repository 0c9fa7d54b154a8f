import Foundation
import LayerTestKit

/// A hostile archive, as its own index describes it.
struct HostileCase: Decodable, CustomStringConvertible {
    let id: String
    let file: String
    let format: String
    let expect: String
    let alsoOk: [String]

    var description: String { file }
    var isRefused: Bool { expect == "reject" }
    var alternatives: [String] { alsoOk }

    /// Whether the attack lies in documents, blobs or their compression: archive, compression, digest, config, JSON.
    var isMetadata: Bool { id.first.map { "acdgj".contains($0) } ?? false }

    /// All cases, or none when they are not there.
    static func all() throws -> [HostileCase] {
        guard let path = Need.sharedPath("hostile/index.json") else { return [] }
        struct Index: Decodable {
            let cases: [HostileCase]
        }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(Index.self, from: Data(contentsOf: URL(fileURLWithPath: path))).cases
    }
}
