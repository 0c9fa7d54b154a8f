import LayerSystem
import TextOutput

/// Tells who sits at a terminal what a command waits for.
enum StoreWait {
    /// Says that others are at work in a store.
    static func say(_ path: String) throws(SystemError) {
        guard Host.isTerminal(StandardStream.error.descriptor) else { return }
        let name = TerminalText.escape(path)
        try StandardStream.error.write("layerctl: waiting for those who add to the store \(name) …\n")
    }
}
