import ImageSpec
import LayerKit
import LayerModel
import LayerSystem
import TextOutput

/// How containers are listed.
///
/// Source: docker/cli `cli/command/formatter/container.go`.
struct ContainerTable {
    private static let commandColumnCount = 20
    private static let mountColumnCount = 15

    let isTruncated: Bool
    let now: Timestamp
    /// Whether sizes were measured: what was not is 0B, as with Docker.
    var hasSizes = true

    /// The columns and the default table.
    static func formatter(hasSizes: Bool) -> RowFormatter {
        let columns = [
            RowFormatter.Column("ID", header: "CONTAINER ID"), RowFormatter.Column("Image", header: "IMAGE"),
            RowFormatter.Column("Command", header: "COMMAND"), RowFormatter.Column("CreatedAt", header: "CREATED AT"),
            RowFormatter.Column("RunningFor", header: "CREATED"), RowFormatter.Column("State", header: "STATE"),
            RowFormatter.Column("Status", header: "STATUS"), RowFormatter.Column("Ports", header: "PORTS"),
            RowFormatter.Column("Names", header: "NAMES"), RowFormatter.Column("Size", header: "SIZE"),
            RowFormatter.Column("Labels", header: "LABELS"), RowFormatter.Column("Mounts", header: "MOUNTS"),
            RowFormatter.Column("LocalVolumes", header: "LOCAL VOLUMES"),
            RowFormatter.Column("Networks", header: "NETWORKS"),
        ]
        let cells = "{{.ID}}\t{{.Image}}\t{{.Command}}\t{{.RunningFor}}\t{{.Status}}\t{{.Ports}}\t{{.Names}}"
        return RowFormatter(columns: columns, defaultTemplate: cells + (hasSizes ? "\t{{.Size}}" : ""))
    }

    /// The values of one row.
    func row(_ container: ContainerDetails) -> [String: TemplateValue] {
        let seconds = container.created.seconds
        let labels = container.labels.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: ",")
        return [
            "ID": .string(isTruncated ? container.id.short : container.id.hex),
            "Image": .string(image(container)),
            "Command": .string(command(container.command)),
            "CreatedAt": .string(LocalDate.text(seconds)),
            "RunningFor": .string(HumanDuration.text(seconds: now.seconds - seconds) + " ago"),
            "State": .string(container.state.rawValue),
            "Status": .string(status(container)),
            "Names": .string(container.name),
            "Size": .string(size(container)),
            "Labels": .string(labels), RowFormatter.labelsKey: TemplateValue.strings(container.labels),
            "Mounts": .string(mounts(container)),
            "LocalVolumes": .string(String(container.mounts.count { $0.kind == .volume && $0.driver == "local" })),
        ]
    }

    /// Source: moby `container/state.go`, `String`.
    private func status(_ container: ContainerDetails) -> String {
        func age(_ time: Timestamp?) -> String {
            HumanDuration.text(seconds: time.map { now.seconds - $0.seconds } ?? 0)
        }
        switch container.state {
        case .created: return "Created"
        case .mounted: return "Mounted"
        case .running: return "Up \(age(container.run.started))"
        case .exited:
            guard let finished = container.run.finished else { return "Exited (\(container.run.status))" }
            return "Exited (\(container.run.status)) \(age(finished)) ago"
        }
    }

    /// What the user called the image; its ID once that name means another one.
    private func image(_ container: ContainerDetails) -> String {
        let name = container.imageName
        let digits = name.hasPrefix("sha256:") ? String(name.dropFirst(7)) : name
        let hex = container.imageID.digest.hex
        if ImageReference.isPossibleIDPrefix(digits), hex.hasPrefix(digits) {
            return isTruncated ? String(hex.prefix(12)) : name
        }
        // reason: what is no name is none of the image's names
        if let image = container.image, let reference = try? ImageName.reference(name) {
            let isCurrent =
                reference.digest == nil
                ? image.references.contains(reference.withDefaultTag)
                : image.references.contains { $0.name == reference.name }
            if isCurrent { return name }
        }
        return DigestText.text(container.imageID.digest, isTruncated: isTruncated)
    }

    /// The names of volumes and the sources of all else.
    ///
    /// Source: docker/cli `cli/command/formatter/container.go`, `Mounts`.
    private func mounts(_ container: ContainerDetails) -> String {
        let names = container.mounts.map { $0.name ?? $0.source }.filter { !$0.isEmpty }
        return names.map { name in
            isTruncated ? TerminalText.ellipsis(name, columnCount: Self.mountColumnCount) : name
        }.joined(separator: ",")
    }

    /// Source: moby `container/view.go`, `transform`.
    private func command(_ words: [String]) -> String {
        let quoted = words.enumerated().map { place, word in place > 0 && word.contains(" ") ? "'\(word)'" : word }
        let text = quoted.joined(separator: " ")
        return GoQuote.quoted(isTruncated ? TerminalText.ellipsis(text, columnCount: Self.commandColumnCount) : text)
    }

    private func size(_ container: ContainerDetails) -> String {
        guard let own = container.upperByteCount else { return hasSizes ? "N/A" : "0B" }
        guard let total = Self.totalByteCount(container), total > 0 else { return HumanSize.text(own) }
        return "\(HumanSize.text(own)) (virtual \(HumanSize.text(total)))"
    }

    /// What a container and its image hold together; nil where one of them cannot be told.
    static func totalByteCount(_ container: ContainerDetails) -> Int64? {
        guard let own = container.upperByteCount, let below = container.image?.treeByteCount else { return nil }
        return own + below
    }
}
