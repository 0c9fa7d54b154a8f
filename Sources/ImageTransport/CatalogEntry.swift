import ImageSpec

/// One image that a file offers, before its documents are read.
struct CatalogEntry {
    /// What the image is made of.
    enum Origin {
        /// Manifests of a layout, of which a platform chooses one.
        case layout([LayoutCandidate])
        /// An entry of `manifest.json`.
        case docker(DockerManifest)
        /// The top layer of a chain of legacy layers, by its ID.
        case legacy(String)
    }

    /// The places that choose this image with `@N`; more than one when several entries name it.
    var positions: [Int]
    /// The names that choose it.
    var names: ImageNames
    /// What it is made of.
    var origin: Origin

    /// What messages call the image: its first name, or its place.
    var title: String {
        names.references.first?.familiar ?? names.raw.first ?? "@\(positions.first ?? 0)"
    }

    /// The line that stands for the image in a list of choices: `@0 busybox:latest`.
    var choice: String {
        let shown = names.references.isEmpty ? names.raw : names.references.map(\.familiar)
        return (["@\(positions.first ?? 0)"] + shown.prefix(3)).joined(separator: " ") + (shown.count > 3 ? " …" : "")
    }

    /// The same image at another place.
    func at(_ position: Int) -> CatalogEntry {
        CatalogEntry(positions: [position], names: names, origin: origin)
    }

    /// Whether a reference is one of the names.
    func isNamed(_ reference: ImageReference) -> Bool { names.references.contains(reference) }
}
