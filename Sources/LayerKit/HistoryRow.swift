import ImageSpec
public import LayerModel

/// One row of an image's history: a step that made it.
public struct HistoryRow: Sendable {
    /// The image that the step ended in, where that is known: for the last step only.
    public let imageID: ImageID?
    /// When the step was made.
    public let created: Timestamp?
    /// The command.
    public let createdBy: String
    /// A free text.
    public let comment: String
    /// The layer that the step made; nil for one that made none.
    public let layer: LayerDetails?
    /// Whether the image's history says this itself; otherwise the row stands for a layer that no step claims.
    public let isRecorded: Bool
}

extension ImageDetails {
    /// The steps that made the image, the newest first.
    ///
    /// - Parameter includesUnclaimedLayers: Whether layers that no step claims get a row of their own.
    /// - Returns: The rows. An image without a history has none of its own: Docker prints none either.
    /// - Throws: `LayerError` when more steps claim a layer than there are layers (contract L-96).
    public func history(includesUnclaimedLayers: Bool = false) throws(LayerError) -> [HistoryRow] {
        let indexes: [Int?]
        do throws(SpecError) {
            indexes = try config.layerIndexes()
        } catch {
            throw LayerError(.corrupt, "image \(id): \(error)", cause: error)
        }
        var rows: [HistoryRow] = []
        for (entry, index) in zip(config.history, indexes) {
            rows.append(
                HistoryRow(
                    imageID: nil,
                    created: entry.created,
                    createdBy: entry.createdBy ?? "",
                    comment: entry.comment ?? "",
                    layer: index.flatMap { layers.indices.contains($0) ? layers[$0] : nil },
                    isRecorded: true
                )
            )
        }
        if includesUnclaimedLayers {
            for layer in layers.dropFirst(indexes.count { $0 != nil }) {
                rows.append(
                    HistoryRow(imageID: nil, created: nil, createdBy: "", comment: "", layer: layer, isRecorded: false)
                )
            }
        }
        rows.reverse()
        if let newest = rows.first { rows[0] = newest.ending(in: id) }
        return rows
    }
}

extension HistoryRow {
    func ending(in id: ImageID) -> HistoryRow {
        HistoryRow(
            imageID: id,
            created: created,
            createdBy: createdBy,
            comment: comment,
            layer: layer,
            isRecorded: isRecorded
        )
    }
}
