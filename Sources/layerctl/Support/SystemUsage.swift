import LayerKit
import LayerModel
import TextOutput

/// What takes room, as `docker system df` prints it.
///
/// Source: docker/cli `cli/command/formatter/disk_usage.go`.
enum SystemUsage {
    /// The columns and the default table.
    static let formatter = RowFormatter(columns: [
        RowFormatter.Column("Type", header: "TYPE"), RowFormatter.Column("TotalCount", header: "TOTAL"),
        RowFormatter.Column("Active", header: "ACTIVE"), RowFormatter.Column("Size", header: "SIZE"),
        RowFormatter.Column("Reclaimable", header: "RECLAIMABLE"),
    ])

    private static let images = RowFormatter(
        columns: ImageTable.formatter(hasDigests: false).columns,
        defaultTemplate: """
            {{.Repository}}\t{{.Tag}}\t{{.ID}}\t{{.CreatedSince}}\t{{.Size}}\t{{.SharedSize}}\t{{.UniqueSize}}\t{{.Containers}}
            """
    )
    private static let containers = RowFormatter(
        columns: ContainerTable.formatter(hasSizes: true).columns,
        defaultTemplate:
            "{{.ID}}\t{{.Image}}\t{{.Command}}\t{{.LocalVolumes}}\t{{.Size}}\t{{.RunningFor}}\t{{.Status}}\t{{.Names}}"
    )

    private static let volumes = RowFormatter(
        columns: VolumeTable.formatter(hasSizes: true).columns,
        defaultTemplate: "{{.Name}}\t{{.Links}}\t{{.Size}}"
    )

    /// A row a kind.
    static func rows(_ usage: StoreUsage) -> [[String: TemplateValue]] {
        [
            row(
                "Images",
                usage.images.count,
                active: usage.images.count { $0.containerCount > 0 },
                usage.layerByteCount,
                usage.reclaimableImageByteCount
            ),
            row(
                "Containers",
                usage.containers.count,
                active: usage.containers.count { $0.state.isInUse },
                usage.containerByteCount,
                usage.reclaimableContainerByteCount
            ),
            row(
                "Local Volumes",
                usage.volumes.count,
                active: usage.volumes.count { !$0.users.isEmpty },
                usage.volumeByteCount,
                usage.reclaimableVolumeByteCount
            ),
        ]
    }

    private static func row(
        _ type: String,
        _ count: Int,
        active: Int,
        _ byteCount: Int64,
        _ reclaimable: Int64
    ) -> [String: TemplateValue] {
        let share = byteCount > 0 ? " (\(reclaimable * 100 / byteCount)%)" : ""
        return [
            "Type": .string(type), "TotalCount": .string("\(count)"), "Active": .string("\(active)"),
            "Size": .string(HumanSize.text(byteCount)), "Reclaimable": .string(HumanSize.text(reclaimable) + share),
        ]
    }

    /// A table a kind.
    static func verboseTables(_ usage: StoreUsage, now: Timestamp) throws -> [UInt8] {
        let imageRows = imageRows(usage, now: now)
        let containerRows = usage.containers.map(ContainerTable(isTruncated: true, now: now).row)
        return Array("Images space usage:\n\n".utf8) + (try images.output(imageRows, format: ""))
            + Array("\nContainers space usage:\n\n".utf8) + (try containers.output(containerRows, format: ""))
            + Array("\nLocal Volumes space usage:\n\n".utf8) + (try volumes.output(volumeRows(usage), format: ""))
    }

    /// One object for each image, container and volume.
    static func verboseJSON(_ usage: StoreUsage, now: Timestamp) throws -> [UInt8] {
        let containerRows = usage.containers.map(ContainerTable(isTruncated: false, now: now).row)
        return try images.output(imageRows(usage, now: now), format: "json")
            + containers.output(containerRows, format: "json") + volumes.output(volumeRows(usage), format: "json")
    }

    private static func volumeRows(_ usage: StoreUsage) -> [[String: TemplateValue]] {
        usage.volumes.map { VolumeTable.row($0, hasSizes: true) }
    }

    private static func imageRows(_ usage: StoreUsage, now: Timestamp) -> [[String: TemplateValue]] {
        let table = ImageTable(isTruncated: true, hasDigests: false, now: now)
        return usage.images.flatMap { image in
            let names = image.details.references
            let rows =
                names.isEmpty
                ? [ImageTable.Row(image: image.details, reference: nil)]
                : names.map { ImageTable.Row(image: image.details, reference: $0) }
            return table.rows(rows).map { row in
                row.merging([
                    "SharedSize": .string(HumanSize.text(image.sharedByteCount)),
                    "UniqueSize": .string(HumanSize.text(image.uniqueByteCount)),
                    "Containers": .string("\(image.containerCount)"),
                ]) { $1 }
            }
        }
    }
}
