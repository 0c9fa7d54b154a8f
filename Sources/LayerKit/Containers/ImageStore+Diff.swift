import LayerStorage
import LayerSystem
import LayerTree

extension ImageStore {
    /// Lists what a container has changed, as against its image.
    ///
    /// Only what the container has written is read, and the indexes of its layers are asked: whichever driver ran, the answer is the
    /// same. A change of content is seen though length and time stay, and so is one of extended attributes alone: `docker diff`, which
    /// this follows in all else, sees neither.
    ///
    /// Source: moby `go-archive/changes.go`.
    ///
    /// - Parameter container: A name, an ID or the beginning of one.
    /// - Returns: The changes in the order of the bytes of their paths.
    /// - Throws: `LayerError`: `notFound`; `failure` that lists all names which cannot be read.
    public func changes(of container: String) throws(LayerError) -> [ContainerChange] {
        try LayerError.catching {
            ContainerChange.list(try ContainerStack(container, in: store, .shared).changes())
        }
    }
}
