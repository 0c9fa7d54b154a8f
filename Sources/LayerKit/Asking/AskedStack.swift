import LayerTree

/// The layers of a tree that is asked, open.
struct AskedStack {
    /// The layers, the lowest first.
    let layers: [StackedLayer]
    /// The image, where it is one.
    let image: ImageDetails?
    /// How many of the layers are a container's own: 1, or 0 where it has changed nothing.
    var ownLayerCount = 0
    /// What must not change meanwhile.
    var lock: AnyObject?

    /// The layers that an argument means: all, or the one that it names.
    func layers(of argument: AskedArgument) -> [StackedLayer] {
        argument.position.map { [layers[$0]] } ?? layers
    }
}
