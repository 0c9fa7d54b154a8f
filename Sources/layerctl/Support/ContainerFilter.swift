import ImageSpec
import LayerKit
import LayerModel

/// Which containers `ps` lists.
///
/// Values of one name are alternatives, but for labels, all of which must be there.
///
/// Source: docker/cli `docs/reference/commandline/ps.md`, "Filtering".
struct ContainerFilter {
    private static let states = ["created", "mounted", "running", "paused", "exited", "dead", "restarting", "removing"]

    private var ids: [String] = []
    private var names: [String] = []
    private var labels: [LabelMatch] = []
    private var ancestors: [[DiffID]?] = []
    private var ancestorIDs: Set<ImageID> = []
    private var wantedStates: [String] = []
    private var volumes: [String] = []
    /// Containers that were made after, or before, those that are to be listed.
    private var (before, since): ([ContainerDetails], [ContainerDetails]) = ([], [])

    /// Whether the user says which states are wanted.
    var namesStates: Bool { !wantedStates.isEmpty }

    /// Reads the filters; images are looked up in the store.
    init(_ filters: [String], in store: ImageStore) throws {
        for filter in filters {
            guard let equals = filter.firstIndex(of: "=") else {
                throw LayerError(.usage, "invalid filter \"\(filter)\": expected name=value")
            }
            try add(String(filter[..<equals]), String(filter[equals...].dropFirst()), store)
        }
    }

    private mutating func add(_ name: String, _ value: String, _ store: ImageStore) throws {
        switch name {
        case "id": ids.append(value)
        case "name": names.append(value)
        case "label": labels.append(LabelMatch(value))
        case "before": before.append(try store.container(value))
        case "since": since.append(try store.container(value))
        case "volume": volumes.append(value)
        case "ancestor": try addAncestor(value, store)
        case "status":
            guard Self.states.contains(value) else { throw LayerError(.usage, "invalid filter \"status=\(value)\"") }
            wantedStates.append(value)
        default: throw LayerError(.usage, "invalid filter \"\(name)\"")
        }
    }

    /// An image that is not there is nobody's ancestor, as with Docker.
    private mutating func addAncestor(_ name: String, _ store: ImageStore) throws {
        do {
            let image = try store.image(name)
            ancestorIDs.insert(image.id)
            ancestors.append(image.layers.map(\.diffID))
        } catch {
            guard error.code == .notFound else { throw error }
            ancestors.append(nil)
        }
    }

    /// Whether a container is to be listed.
    func accepts(_ container: ContainerDetails) -> Bool {
        guard ids.isEmpty || ids.contains(where: { NamePattern($0).accepts(container.id.hex) }) else { return false }
        guard names.isEmpty || names.contains(where: { matchesName(container.name, $0) }) else { return false }
        guard before.allSatisfy({ container.created < $0.created }) else { return false }
        guard since.allSatisfy({ container.created > $0.created }) else { return false }
        guard ancestors.isEmpty || hasAncestor(container) else { return false }
        guard wantedStates.isEmpty || wantedStates.contains(container.state.rawValue) else { return false }
        guard volumes.isEmpty || volumes.contains(where: { Self.has(container, $0) }) else { return false }
        let found = container.labels
        return labels.allSatisfy { label in label.accepts { found[$0] } }
    }

    /// A container descends from its image, and from every image whose layers its own begin with.
    private func hasAncestor(_ container: ContainerDetails) -> Bool {
        if ancestorIDs.contains(container.imageID) { return true }
        return ancestors.contains { layers in
            guard let layers, !layers.isEmpty else { return false }
            return container.layers.starts(with: layers)
        }
    }

    /// Whether something with that name or source is mounted, or anything at that place.
    ///
    /// Source: moby `daemon/list.go`, `includeContainerInList`.
    private static func has(_ container: ContainerDetails, _ volume: String) -> Bool {
        container.mounts.contains { mount in
            mount.tmpfsOptions == nil && (mount.destination == volume || (mount.name ?? mount.source) == volume)
        }
    }

    private func matchesName(_ name: String, _ pattern: String) -> Bool {
        NamePattern(pattern).accepts(name) || NamePattern(pattern).accepts("/" + name)
    }
}
