import ImageSpec
import LayerKit
import LayerModel
import LayerSystem
import TextOutput

/// How images are listed: a row for each name, `<none>` where there is none.
///
/// Source: docker/cli `cli/command/formatter/image.go`.
struct ImageTable {
    /// One row: an image under one of its names.
    struct Row {
        let image: ImageDetails
        let reference: ImageReference?
    }

    let isTruncated: Bool
    let hasDigests: Bool
    let now: Timestamp

    /// The columns and the default table.
    static func formatter(hasDigests: Bool) -> RowFormatter {
        let columns = [
            RowFormatter.Column("Repository", header: "REPOSITORY"), RowFormatter.Column("Tag", header: "TAG"),
            RowFormatter.Column("Digest", header: "DIGEST"), RowFormatter.Column("ID", header: "IMAGE ID"),
            RowFormatter.Column("CreatedSince", header: "CREATED"),
            RowFormatter.Column("CreatedAt", header: "CREATED AT"),
            RowFormatter.Column("Size", header: "SIZE"), RowFormatter.Column("VirtualSize", header: "SIZE"),
            RowFormatter.Column("SharedSize", header: "SHARED SIZE"),
            RowFormatter.Column("UniqueSize", header: "UNIQUE SIZE"),
            RowFormatter.Column("Containers", header: "CONTAINERS"),
        ]
        let digest = hasDigests ? "{{.Digest}}\t" : ""
        return RowFormatter(
            columns: columns,
            defaultTemplate: "{{.Repository}}\t{{.Tag}}\t" + digest + "{{.ID}}\t{{.CreatedSince}}\t{{.Size}}"
        )
    }

    /// The rows' values, the newest image first.
    func rows(_ rows: [Row]) -> [[String: TemplateValue]] {
        rows.map(values)
    }

    /// The first row of each ID.
    func unique(_ rows: [[String: TemplateValue]]) -> [[String: TemplateValue]] {
        var seen: Set<[UInt8]> = []
        return rows.filter { row in
            guard case .text(let text)? = row["ID"] else { return false }
            return seen.insert(text.bytes).inserted
        }
    }

    private func values(_ row: Row) -> [String: TemplateValue] {
        let image = row.image
        // Second 0 is what the tools write that tell no time, and Docker takes it so.
        let seconds = image.config.created?.seconds ?? 0
        let age = seconds == 0 ? "N/A" : HumanDuration.text(seconds: now.seconds - seconds) + " ago"
        let size = image.treeByteCount.map { HumanSize.text($0) } ?? "N/A"
        return [
            "Repository": .string(row.reference?.familiarName ?? "<none>"),
            "Tag": .string(row.reference?.tag ?? "<none>"),
            "Digest": .string(image.manifestDigest?.description ?? "<none>"),
            "ID": .string(DigestText.text(image.id.digest, isTruncated: isTruncated)),
            "CreatedSince": .string(age),
            "CreatedAt": .string(LocalDate.text(seconds)),
            "Size": .string(size),
            "VirtualSize": .string(size),
            "SharedSize": .string("N/A"),
            "UniqueSize": .string("N/A"),
            "Containers": .string("N/A"),
        ]
    }
}

/// A time as Go's `Time.String` writes it: `2024-01-02 03:04:05 +0100 CET`, with the offset again for want of the zone's name.
enum LocalDate {
    /// The text for a second of Unix time, in the local zone.
    static func text(_ seconds: Int64) -> String {
        let offset = LocalTime.offset(atSeconds: seconds)
        let stamp = Timestamp(seconds: seconds).rfc3339(offsetSeconds: offset)
        let date = stamp.prefix(10)
        let time = stamp.dropFirst(11).prefix(8)
        let sign = offset < 0 ? "-" : "+"
        let minutes = abs(offset) / 60
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let zone = sign + two(minutes / 60) + two(minutes % 60)
        return "\(date) \(time) \(zone) \(offset == 0 ? "UTC" : zone)"
    }
}
