import ImageSpec
import LayerAudit
import LayerModel
import LayerTree

/// What the layers of an image hold.
///
/// Secrets, caches and sizes are those of every layer, modes and devices those of the finished tree.
struct LayersAudit {
    private let image: ImageLayers
    private let inspection: LayerInspection
    private let options: AuditOptions
    private let stack: LowerStack
    /// The roots of the trees that the lower layers make: the first has none.
    private let prefixes: [LowerStack.MergedDirectory]
    private let commands: [String]

    init(_ image: ImageLayers, _ inspection: LayerInspection, _ options: AuditOptions) {
        self.image = image
        self.inspection = inspection
        self.options = options
        let count = image.layers.count
        let stack = LowerStack(image.layers.reversed())
        self.stack = stack
        prefixes = (0...count).map { stack.root(of: (count - $0)..<count) }
        commands = image.commands.map { AuditedText($0).redacted }
    }

    /// All findings, in no order.
    func findings() -> [AuditFinding] {
        var all = visibleFiles() + volumes() + wasted()
        for place in image.layers.indices { all += secrets(in: place) + sizes(of: place) }
        return all
    }

    private func finding(
        _ rule: AuditRule,
        _ detail: String,
        _ path: LayerPath? = nil,
        layer place: Int,
        severity: AuditSeverity? = nil
    ) -> AuditFinding {
        var finding = AuditFinding(rule, detail, severity: severity)
        finding.layerNumber = place + 1
        finding.diffID = image.image.layers[place].diffID
        finding.createdBy = commands[place].isEmpty ? nil : commands[place]
        finding.path = path.map { [UInt8(ascii: "/")] + $0.bytes }
        return finding
    }

    /// The place of the layer that a node of the whole stack stands in.
    private func place(of node: LowerStack.Reference) -> Int { image.layers.count - 1 - node.layer }

    /// Which layer has removed a file that one brought.
    private func removal(of path: LayerPath, in place: Int) -> AuditFinding.Removal? {
        guard let own = stack.entry(at: path, below: prefixes[place + 1]), self.place(of: own.node) == place,
            own.directory == nil
        else { return .init(layerNumber: place + 1, isReplaced: true) }
        for count in (place + 1)...image.layers.count {
            let entry = stack.entry(at: path, below: prefixes[count])
            if entry?.node != own.node { return .init(layerNumber: count, isReplaced: entry != nil) }
        }
        return nil
    }

    private func secrets(in place: Int) -> [AuditFinding] {
        inspection.secrets(in: image.image.layers[place].diffID).map { found in
            let (severity, remark) = Self.weight(of: found)
            let offset = found.match.offset > 0 ? " at byte \(found.match.offset)" : ""
            let detail = found.match.detail + offset + remark
            var finding = finding(found.match.rule, detail, found.path, layer: place, severity: severity)
            finding.removal =
                found.isReplaced
                ? .init(layerNumber: place + 1, isReplaced: true) : removal(of: found.path, in: place)
            return finding
        }
    }

    /// How much a secret matters where it lies, and why not as much as elsewhere.
    private static func weight(of found: ContentInspector.Found) -> (AuditSeverity, remark: String) {
        let severity = found.match.severity
        if TestPlace.contains(found.path.bytes) {
            return (min(severity, .low), " (in a directory of tests or documentation)")
        }
        return found.isProgram ? (severity.lowered, " (in a program)") : (severity, "")
    }

    private func visibleFiles() -> [AuditFinding] {
        var all: [AuditFinding] = []
        stack.forEachEntry { path, entry in
            let node = stack.node(entry.node)
            guard node.kind != .symbolicLink else { return }
            for (rule, detail) in FileAudit.findings(node, stack.index(entry.node)) {
                all.append(finding(rule, detail, path, layer: place(of: entry.node)))
            }
        }
        return all
    }

    private func volumes() -> [AuditFinding] {
        var all: [AuditFinding] = []
        for volume in image.image.config.config["Volumes"]?.objectValue?.members ?? [] {
            // reason: what is no path in an image has no files there
            guard let path = try? LayerPath(normalizing: Array(volume.key.utf8)), !path.isRoot,
                let entry = stack.entry(at: path, below: stack.root)
            else { continue }
            let count = entry.directory.map { stack.names(in: $0).count } ?? 1
            guard count > 0 else { continue }
            let names = count == 1 ? "1 name" : "\(count) names"
            all.append(finding(.volumeOverData, "layers have \(names) there", path, layer: place(of: entry.node)))
        }
        return all
    }
}

// What is larger than it must be.
extension LayersAudit {
    private func sizes(of place: Int) -> [AuditFinding] {
        let layer = image.layers[place]
        var all: [AuditFinding] = []
        let byteCount = LayerSize(layer.index).treeByteCount
        if byteCount > options.layerByteLimit {
            all.append(finding(.largeLayer, "\(byteCount) bytes, more than \(options.layerByteLimit)", layer: place))
        }
        let own = LowerStack([layer])
        for cache in PackageCache.fixed + homes(in: own).flatMap(PackageCache.caches) {
            let path = LayerPath(canonical: cache.path)
            guard let directory = own.entry(at: path, below: own.root), directory.directory != nil else { continue }
            let files = files(of: cache, at: own.node(directory.node), in: layer.index)
            guard let largest = files.max(by: { ($0.byteCount, $1.ordinal) < ($1.byteCount, $0.ordinal) }) else {
                continue
            }
            let sum = files.reduce(0) { $0 + $1.byteCount }
            let count = files.count == 1 ? "1 file" : "\(files.count) files"
            var finding = finding(.packageCache, "\(cache.name): \(sum) bytes in \(count)", path, layer: place)
            finding.removal = removal(of: layer.index.path(of: largest), in: place)
            all.append(finding)
        }
        return all
    }

    private func homes(in layer: LowerStack) -> [[UInt8]] {
        let home = LayerPath(canonical: Array("home".utf8))
        let users = layer.entry(at: home, below: layer.root)?.directory.map { layer.names(in: $0) } ?? []
        return [Array("root".utf8)] + users.map { home.appending($0.name).bytes }
    }

    private func files(of cache: PackageCache, at directory: IndexNode, in index: LayerIndex) -> [IndexNode] {
        index.nodes[(directory.ordinal + 1)...].prefix { $0.depth > directory.depth }.filter {
            $0.kind == .regular && $0.byteCount > 0 && cache.holds(index.name(of: $0))
        }
    }

    private func wasted() -> [AuditFinding] {
        var all: [AuditFinding] = []
        for hidden in WasteWalk.findings(of: image.layers).hidden where hidden.byteCount >= options.wastedByteLimit {
            for (place, layer) in image.layers.enumerated() {
                let own = LowerStack([layer])
                guard let entry = own.entry(at: hidden.path, below: own.root), case let node = own.node(entry.node),
                    node.kind == .regular, node.byteCount >= options.wastedByteLimit,
                    let removal = removal(of: hidden.path, in: place)
                else { continue }
                var finding = finding(.wasted, "\(node.byteCount) bytes", hidden.path, layer: place)
                finding.removal = removal
                all.append(finding)
            }
        }
        return all
    }
}
