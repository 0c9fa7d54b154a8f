import ImageSpec
import LayerModel
import LayerStorage

/// Puts together what is known of containers; of an image that several have, once.
struct ContainerReading {
    private let images: ImageStore
    private let measuresSizes: Bool
    private let names: [ImageID: [NameRecord]]

    /// Prepares for a store.
    ///
    /// - Parameters:
    ///   - images: The store.
    ///   - names: The names of its images.
    ///   - measuresSizes: Whether to measure what each container's own layer holds.
    init(_ images: ImageStore, names: [ImageID: [NameRecord]], measuresSizes: Bool) {
        self.names = names
        self.images = images
        self.measuresSizes = measuresSizes
    }

    /// The details of containers, in the order of their records.
    func details(_ records: [ContainerRecord]) throws -> [ContainerDetails] {
        let mounts = try images.containerMounts.find(images.store, records.map(\.id))
        let found = try self.images(of: records)
        // Containers of one image have one stack.
        var lowerPaths: [[LayerKey]: [String]] = [:]
        var details: [ContainerDetails] = []
        for record in records {
            let stack = record.layers.map(\.key)
            let paths = try lowerPaths[stack] ?? images.store.lowerPaths(of: record)
            lowerPaths[stack] = paths
            details.append(try self.details(record, found[record.imageID], mounts[record.id] ?? [], above: paths))
        }
        return details
    }

    private func images(of records: [ContainerRecord]) throws -> [ImageID: ImageDetails] {
        var found: [ImageID: ImageDetails] = [:]
        guard !records.isEmpty else { return found }
        for id in Set(records.map(\.imageID)) {
            do {
                guard var image = try images.store.storedImage(id) else { continue }
                image.names = names[id] ?? []
                found[id] = try images.details(image)
            } catch let error as StorageError where error.kind == .corrupt {
                // The list of images says so; a container can be seen and removed without its image.
            }
        }
        return found
    }

    private func details(
        _ record: ContainerRecord,
        _ image: ImageDetails?,
        _ mountPoints: [[UInt8]],
        above lowerPaths: [String]
    ) throws -> ContainerDetails {
        let store = images.store
        return ContainerDetails(
            id: record.id,
            name: record.name,
            created: record.created,
            imageID: record.imageID,
            imageName: record.imageName,
            image: image,
            layers: record.layers.map(\.diffID),
            ownLabels: record.labels,
            mounts: record.mounts.map(shown),
            mountRequests: record.mountRequests,
            process: record.process,
            location: ContainerLocation(
                lowerPaths: lowerPaths,
                upperPath: store.upperPath(record.id),
                workPath: store.workPath(record.id),
                mergedPath: store.mergedPath(record.id)
            ),
            mountPoints: mountPoints,
            upperByteCount: measuresSizes ? try size(of: record.id) : nil,
            run: try record.runState(in: store)
        )
    }

    /// A mount with the place where a volume's files lie; of a plugin's volume the record has the place, as far as the plugin said it.
    private func shown(_ mount: ContainerMount) -> ContainerMount {
        guard mount.kind == .volume, mount.pluginName == nil, let name = mount.name else { return mount }
        var mount = mount
        mount.source = images.store.volumePath(name)
        return mount
    }

    /// A container that went since its record was read has no size.
    private func size(of id: ContainerID) throws -> Int64? {
        do {
            return try images.store.upperByteCount(of: id)
        } catch let error as StorageError where error.kind == .notFound {
            return nil
        }
    }
}
