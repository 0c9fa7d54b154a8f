import ArgumentParser
import ImageSpec
import LayerKit
import LayerSystem

/// Where the store is: options of every verb that uses one.
struct StoreOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The store's directory (also LAYERCTL_ROOT).", valueName: "dir"))
    var root: String?

    /// The directory that the user named, or the usual one.
    var path: String { root ?? ImageStore.defaultRoot }

    /// Opens the store to look at it; one that does not exist is empty.
    func openToRead() throws -> ImageStore { try ImageStore(root: path, access: .reading) }

    /// Opens the store to change it; it is made when it is not there.
    func openToWrite() throws -> ImageStore { try ImageStore(root: path, access: .writing) }
}
