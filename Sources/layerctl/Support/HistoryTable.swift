import ImageSpec
import LayerKit
import LayerModel
import LayerSystem
import TextOutput

/// How a history is printed.
///
/// Source: docker/cli `cli/command/image/formatter_history.go`.
struct HistoryTable {
    let isHuman: Bool
    let isTruncated: Bool
    let isQuick: Bool
    let now: Timestamp

    /// 2000-01-01T00:00:00Z: what is not later is no time that anybody meant.
    private static let earliestSeconds: Int64 = 946_684_800
    private static let commandColumnCount = 45

    /// The columns and the default table.
    static func formatter(isHuman: Bool, hasLayers: Bool) -> RowFormatter {
        var columns = [
            RowFormatter.Column("ID", header: "IMAGE"),
            RowFormatter.Column("CreatedSince", header: isHuman ? "CREATED" : "CREATED AT"),
            RowFormatter.Column("CreatedAt", header: "CREATED AT"),
            RowFormatter.Column("CreatedBy", header: "CREATED BY"),
            RowFormatter.Column("Size", header: "SIZE"),
            RowFormatter.Column("Comment", header: "COMMENT"),
        ]
        var template = "{{.ID}}\t{{.CreatedSince}}\t{{.CreatedBy}}\t{{.Size}}\t"
        if hasLayers {
            columns += [
                RowFormatter.Column("DiffID", header: "DIFF ID"), RowFormatter.Column("Blob", header: "BLOB"),
                RowFormatter.Column("CompressedSize", header: "COMPRESSED"),
                RowFormatter.Column("Files", header: "FILES"),
            ]
            template += "{{.DiffID}}\t{{.Blob}}\t{{.CompressedSize}}\t{{.Files}}\t"
        }
        return RowFormatter(columns: columns, defaultTemplate: template + "{{.Comment}}")
    }

    /// The values of one row.
    func row(_ row: HistoryRow) -> [String: TemplateValue] {
        let layer = row.layer
        return [
            "ID": .string(row.imageID.map { DigestText.text($0.digest, isTruncated: isTruncated) } ?? "<missing>"),
            "CreatedSince": .string(createdSince(row)),
            "CreatedAt": .string(createdAt(row)),
            "CreatedBy": .string(createdBy(row)),
            "Size": .string(size(row)),
            "Comment": .string(row.comment),
            "DiffID": .string(layer.map { DigestText.text($0.diffID.digest, isTruncated: isTruncated) } ?? ""),
            "Blob": .string(layer?.blobDigest.map { DigestText.text($0.digest, isTruncated: isTruncated) } ?? ""),
            "CompressedSize": .string(layer?.blobByteCount.map(sizeText) ?? ""),
            "Files": .string(layer?.size.map { String($0.fileCount) } ?? ""),
        ]
    }

    private func createdSince(_ row: HistoryRow) -> String {
        guard isHuman else { return createdAt(row) }
        guard let created = row.created, created.seconds > Self.earliestSeconds else { return "N/A" }
        return HumanDuration.text(seconds: now.seconds - created.seconds) + " ago"
    }

    private func createdAt(_ row: HistoryRow) -> String {
        let seconds = row.created?.seconds ?? 0
        return Timestamp(seconds: seconds).rfc3339(offsetSeconds: LocalTime.offset(atSeconds: seconds))
    }

    private func createdBy(_ row: HistoryRow) -> String {
        let command = row.createdBy.split(separator: "\t", omittingEmptySubsequences: false).joined(separator: " ")
        return isTruncated ? TerminalText.ellipsis(command, columnCount: Self.commandColumnCount) : command
    }

    private func size(_ row: HistoryRow) -> String {
        guard let layer = row.layer else { return sizeText(0) }
        if let size = layer.size { return sizeText(size.treeByteCount) }
        guard isQuick, let stored = layer.blobByteCount else { return "unknown" }
        return sizeText(stored) + " (compressed)"
    }

    private func sizeText(_ byteCount: Int64) -> String {
        isHuman ? HumanSize.text(byteCount) : String(byteCount)
    }
}

/// A digest as tables print it.
enum DigestText {
    /// The whole digest, or the first twelve digits without the algorithm.
    static func text(_ digest: Digest, isTruncated: Bool) -> String {
        isTruncated ? String(digest.hex.prefix(12)) : digest.description
    }
}
