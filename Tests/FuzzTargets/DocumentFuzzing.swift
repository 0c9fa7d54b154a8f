import ImageSpec
import LayerModel

/// Readers of JSON and of what images are called.
enum DocumentFuzzing {
    static func json(_ bytes: [UInt8]) {
        guard let value = try? JSONValue(parsing: bytes) else { return }  // reason: an error is an answer
        let encoded = value.encoded()
        // reason: told by the next line
        guard let again = try? JSONValue(parsing: encoded, limits: JSONLimits(.unlimited)) else {
            preconditionFailure("what was written cannot be read")
        }
        precondition(again == value, "what was written reads as another value")
        precondition(again.encoded() == encoded, "what was written is written otherwise")
    }

    static func reference(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        if let reference = try? ImageReference(parsing: text) {  // reason: an error is an answer
            let again = try? ImageReference(parsing: reference.familiar)  // reason: told by the next line
            precondition(again == reference, "a reference reads otherwise when it is printed")
        }
        if let digest = try? Digest(parsing: text) {  // reason: an error is an answer
            precondition(digest.description == text, "a digest is printed otherwise")
        }
        let host = Platform(os: "linux", architecture: "amd64")
        if let platform = try? Platform(parsing: text, host: host) {  // reason: an error is an answer
            _ = platform.normalized.description
        }
        if let time = Timestamp(rfc3339: text) { _ = time.seconds }
    }

    static func document(_ bytes: [UInt8]) {
        attempt { () throws(SpecError) in _ = try DockerManifest.parse(bytes) }
        attempt { () throws(SpecError) in _ = try ImageIndex(parsing: bytes, allowsNull: true).manifests.count }
        attempt { () throws(SpecError) in _ = try ImageManifest(parsing: bytes).isArtifact }
        attempt { () throws(SpecError) in _ = try LegacyRepositories(parsing: bytes) }
        attempt { () throws(SpecError) in
            let config = try LegacyConfig(parsing: bytes)
            let made = try config.imageConfig(diffIDs: [], history: [config.historyEntry])
            _ = try ImageConfig(parsing: made, limits: .unlimited)
        }
        attempt { () throws(SpecError) in
            let config = try ImageConfig(parsing: bytes)
            _ = (config.created, config.platform?.normalized, try config.layerIndexes())
        }
        attempt { () throws(SpecError) in try _ = ImageLayoutFile(parsing: bytes) }
    }

    /// Does something whose error is an answer as good as any, as long as it can be printed.
    private static func attempt(_ body: () throws(SpecError) -> Void) {
        do throws(SpecError) { try body() } catch { _ = error.description }
    }
}
