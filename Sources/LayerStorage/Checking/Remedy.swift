import ImageSpec
import LayerModel

/// The commands that help where something is damaged.
package enum Remedy {
    /// What the index of a layer knows, and what the store's own directories should be.
    package static let repair = "layerctl check --repair"
    /// What only an archive knows.
    package static let archive = "layerctl check --repair --from ARCHIVE"
    /// Compressed bytes, which only a check of all data reads.
    package static let blob = "layerctl check --data --repair --from ARCHIVE"
    /// An image that is not there.
    package static let load = "layerctl load -i ARCHIVE"

    /// A name whose record is damaged, of an image that is known or not.
    static func tag(_ name: String, _ id: ImageID?) -> String {
        "layerctl tag \(id.map { String($0.digest.hex.prefix(12)) } ?? "IMAGE") \(name)"
    }

    /// A container whose record is damaged: what it wrote is there.
    static func container(_ id: ContainerID) -> String { "layerctl rm \(id.short)" }

    /// A volume whose record is damaged: its files are there.
    static func volume(_ name: String) -> String { "layerctl volume rm \(name)" }
}
