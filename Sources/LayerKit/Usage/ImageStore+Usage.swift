import LayerModel
import LayerStorage
import LayerTree

extension ImageStore {
    /// Finds out what takes room in the store.
    ///
    /// - Parameter measuresContainers: Whether to measure what the containers' own layers and the volumes hold, which reads their trees.
    /// - Returns: The images, layers, containers and volumes with what they take.
    /// - Throws: `LayerError`.
    public func usage(measuresContainers: Bool = true) throws(LayerError) -> StoreUsage {
        let images = try images()
        let containers = try containers(measuresSizes: measuresContainers)
        let volumes = try volumes(measuresSizes: measuresContainers, asksPlugins: false)
        return try LayerError.catching {
            var forest = LayerForest()
            var users: [DiffID: Set<ImageID>] = [:]
            var containerCounts: [ImageID: Int] = [:]
            for container in containers.containers { containerCounts[container.imageID, default: 0] += 1 }
            for image in images.images {
                forest.add(image)
                for layer in image.layers { users[layer.diffID, default: []].insert(image.id) }
            }
            let known = Set(users.keys).union(containers.containers.flatMap(\.layers))
            let layerByteCount = try store.facts().layerByteCount
            return StoreUsage(
                images: images.images.map { Self.usage(of: $0, users, containerCounts[$0.id] ?? 0) },
                containers: containers.containers,
                volumes: volumes.volumes.filter { $0.driver == VolumeRecord.localDriver },
                layers: forest.layers(containerCounts),
                unused: try unusedLayers(known),
                layerByteCount: layerByteCount,
                reclaimableImageByteCount: layerByteCount - Self.neededByteCount(images.images, containerCounts),
                problems: images.problems + containers.problems + volumes.problems
            )
        }
    }

    /// What the layers take that some container lies on, each once.
    private static func neededByteCount(_ images: [ImageDetails], _ containerCounts: [ImageID: Int]) -> Int64 {
        var seen: Set<DiffID> = []
        return images.filter { containerCounts[$0.id] != nil }.flatMap(\.layers)
            .filter { seen.insert($0.diffID).inserted }
            .reduce(0) { $0 + ($1.size?.treeByteCount ?? 0) }
    }

    private static func usage(
        of image: ImageDetails,
        _ users: [DiffID: Set<ImageID>],
        _ containerCount: Int
    ) -> StoreUsage.Image {
        var (shared, unique): (Int64, Int64) = (0, 0)
        var seen: Set<DiffID> = []
        for layer in image.layers where seen.insert(layer.diffID).inserted {
            let byteCount = layer.size?.treeByteCount ?? 0
            if users[layer.diffID].map({ $0.count > 1 }) ?? false { shared += byteCount } else { unique += byteCount }
        }
        return StoreUsage.Image(
            details: image,
            sharedByteCount: shared,
            uniqueByteCount: unique,
            containerCount: containerCount
        )
    }

    private func unusedLayers(_ known: Set<DiffID>) throws -> [StoreUsage.Layer] {
        try store.layerKeys().sorted { $0.digest.hex < $1.digest.hex }.compactMap { key in
            guard let summary = try store.intactLayer(key)?.summary, !known.contains(summary.diffID) else { return nil }
            return StoreUsage.Layer(
                diffID: summary.diffID,
                size: LayerSize(treeByteCount: summary.treeByteCount, fileCount: summary.fileCount),
                images: [],
                tops: [],
                containerCount: 0,
                children: []
            )
        }
    }
}
