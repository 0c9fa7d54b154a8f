import LayerKit

/// Which volumes `volume ls` and `volume prune` mean.
///
/// Values of one name are alternatives, but for labels, all of which must be there.
///
/// Source: moby `daemon/volume/service/convert.go` and `service.go`.
struct VolumeFilter {
    /// What a verb can filter by.
    enum Purpose: String {
        case listing
        case pruning

        var names: Set<String> {
            switch self {
            case .listing: ["dangling", "driver", "label", "name"]
            case .pruning: ["all", "label", "label!"]
            }
        }
    }

    private var isDangling: Bool?
    private var drivers: [String] = []
    private var names: [NamePattern] = []
    private var labels: [LabelMatch] = []
    private var unwantedLabels: [LabelMatch] = []
    /// Whether those are meant as well that somebody gave a name.
    private(set) var takesAll = false

    /// Reads the filters.
    init(_ filters: [String], for purpose: Purpose) throws {
        for filter in filters {
            guard let equals = filter.firstIndex(of: "=") else {
                throw LayerError(.usage, "invalid filter \"\(filter)\": expected name=value")
            }
            let name = String(filter[..<equals])
            guard purpose.names.contains(name) else { throw LayerError(.usage, "invalid filter '\(name)'") }
            try add(name, String(filter[equals...].dropFirst()))
        }
    }

    private mutating func add(_ name: String, _ value: String) throws {
        switch name {
        case "dangling": isDangling = try Self.boolean(name, value)
        case "all": takesAll = try Self.boolean(name, value)
        case "driver": drivers.append(value)
        case "name": names.append(NamePattern(value))
        case "label!": unwantedLabels.append(LabelMatch(value))
        default: labels.append(LabelMatch(value))
        }
    }

    private static func boolean(_ name: String, _ value: String) throws -> Bool {
        guard ["true", "1", "false", "0"].contains(value) else {
            throw LayerError(.usage, "invalid filter '\(name)=\(value)'")
        }
        return value == "true" || value == "1"
    }

    /// Whether a volume is meant.
    func accepts(_ volume: VolumeDetails) -> Bool {
        if let isDangling, volume.users.isEmpty != isDangling { return false }
        guard drivers.isEmpty || drivers.contains(volume.driver) else { return false }
        guard names.isEmpty || names.contains(where: { $0.accepts(volume.name) }) else { return false }
        guard labels.allSatisfy({ label in label.accepts { volume.labels[$0] } }) else { return false }
        return !unwantedLabels.contains { label in label.accepts { volume.labels[$0] } }
    }
}
