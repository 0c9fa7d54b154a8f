import ArgumentParser
import ImageSpec
import LayerKit
import LayerModel
import LayerSystem

/// Where the store is: options of every verb that uses one.
struct StoreOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The store's directory (also LAYERCTL_ROOT).", valueName: "dir"))
    var root: String?
    @OptionGroup var limit: LimitOptions

    @Option(
        help: ArgumentHelp(
            "What a change has behind it before it is called done: full (it survives a power cut) or none (also LAYERCTL_DURABILITY).",
            valueName: "durability"
        )
    )
    var durability: Durability?

    /// The directory that the user named, or the usual one.
    var path: String { root ?? ImageStore.defaultRoot }

    /// Opens the store to look at it; one that does not exist is empty.
    func openToRead() throws -> ImageStore {
        try ImageStore(
            root: path,
            access: .reading,
            durability: effectiveDurability(),
            limits: limit.limits()
        )
    }

    /// Opens the store to change it; it is made when it is not there.
    func openToWrite() throws -> ImageStore {
        try ImageStore(
            root: path,
            access: .writing,
            durability: effectiveDurability(),
            limits: limit.limits()
        )
    }

    /// What the user named, or the usual one.
    func effectiveDurability() throws -> Durability {
        if let durability { return durability }
        guard let text = Host.environment("LAYERCTL_DURABILITY"), !text.isEmpty else { return .full }
        guard let durability = Durability(rawValue: text) else {
            throw LayerError(.usage, "LAYERCTL_DURABILITY: '\(text)' is neither full nor none")
        }
        return durability
    }
}
