import LayerKit
import LayerModel
import LayerSystem

/// The time that a build wants its results to bear.
///
/// Source: the SOURCE_DATE_EPOCH specification of reproducible-builds.org.
enum SourceDate {
    /// The time of SOURCE_DATE_EPOCH; nil where it is not set.
    static func current() throws -> Timestamp? {
        guard let text = Host.environment("SOURCE_DATE_EPOCH"), !text.isEmpty else { return nil }
        guard let seconds = Int64(text), seconds >= 0 else {
            throw LayerError(.usage, "SOURCE_DATE_EPOCH is no count of seconds: \(text)")
        }
        return Timestamp(seconds: seconds)
    }
}
