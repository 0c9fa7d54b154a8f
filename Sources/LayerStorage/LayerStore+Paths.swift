import LayerTree

extension LayerStore {
    /// The paths of the trees that an overlay of a stack of layers shows, the topmost first.
    ///
    /// Layers that show nothing are left out: those below one that hides everything, and of a layer that is there twice the lower one,
    /// which the upper one covers and which overlayfs would refuse.
    ///
    /// - Parameter stack: The layers, the lowest first, and whether each hides all below it.
    /// - Returns: Paths on the host.
    package func lowerPaths(of stack: [(key: LayerKey, isRootOpaque: Bool)]) -> [String] {
        var paths: [String] = []
        for layer in stack {
            let path = treePath(of: layer.key)
            if layer.isRootOpaque { paths = [] }
            paths.removeAll { $0 == path }
            paths.insert(path, at: 0)
        }
        return paths
    }

    /// The paths of the trees that an overlay of a container shows below its upper directory, the topmost first.
    ///
    /// - Parameter container: The container.
    /// - Returns: Paths on the host.
    /// - Throws: `SystemError`.
    package func lowerPaths(of container: ContainerRecord) throws -> [String] {
        var stack: [(key: LayerKey, isRootOpaque: Bool)] = []
        for layer in container.layers {
            stack.append((layer.key, try intactLayer(layer.key)?.summary.isRootOpaque ?? false))
        }
        return lowerPaths(of: stack)
    }
}
