import ImageSpec
import LayerKit
import LayerModel
import LayerSystem

/// Which images or containers a prune verb means.
///
/// All labels must be there, and none of those that are not wanted: where Docker removes what lacks one of several, this keeps what has one.
///
/// Source: docker/cli `docs/reference/commandline/system_prune.md`, "Filtering".
struct PruneFilter {
    private var labels: [LabelMatch] = []
    private var unwantedLabels: [LabelMatch] = []
    /// What was made later stays.
    private(set) var until: Timestamp?
    /// The filters as they were given.
    let texts: [String]

    /// Reads the filters.
    ///
    /// - Parameter filters: `until=TIME`, `label=KEY[=VALUE]`, `label!=KEY[=VALUE]`.
    /// - Throws: `LayerError` of code `usage`.
    init(_ filters: [String]) throws {
        texts = filters
        for filter in filters {
            guard let equals = filter.firstIndex(of: "=") else {
                throw LayerError(.usage, "invalid filter \"\(filter)\": expected name=value")
            }
            let value = String(filter[equals...].dropFirst())
            switch filter[..<equals] {
            case "label": labels.append(LabelMatch(value))
            case "label!": unwantedLabels.append(LabelMatch(value))
            case "until":
                guard until == nil else { throw LayerError(.usage, "more than one until filter specified") }
                until = try TimeArgument.time(value, now: Host.now())
            case let name: throw LayerError(.usage, "invalid filter '\(name)'")
            }
        }
    }

    /// Whether something is meant.
    ///
    /// - Parameters:
    ///   - created: When it was made; nil where nobody knows: then it was long ago.
    ///   - label: The value of a label that it has.
    /// - Returns: Whether it is.
    func accepts(created: Timestamp?, label: (String) -> String?) -> Bool {
        if let until, let created, created > until { return false }
        return labels.allSatisfy { $0.accepts(label) } && !unwantedLabels.contains { $0.accepts(label) }
    }

    /// Whether an image is meant.
    func accepts(_ image: ImageDetails) -> Bool {
        let labels = image.config.config["Labels"]?.objectValue
        return accepts(created: image.config.created) { labels?[$0]?.stringValue }
    }

    /// Whether a container is meant.
    func accepts(_ container: ContainerDetails) -> Bool {
        let labels = container.labels
        return accepts(created: container.created) { labels[$0] }
    }

    /// Whether a volume is meant; `until` is nothing for those.
    func accepts(_ volume: VolumeDetails) -> Bool {
        accepts(created: nil) { volume.labels[$0] }
    }
}
