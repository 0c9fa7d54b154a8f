import LayerKit

/// The removal of a name in a container: `rm CONTAINER:PATH`.
struct PathRemoval {
    private let argument: String

    /// Takes an argument of `rm`; nil when it names a container, whose name has no colon.
    init?(_ argument: String) {
        guard argument.contains(":") else { return nil }
        self.argument = argument
    }

    /// Removes the name.
    ///
    /// - Parameters:
    ///   - store: The store.
    ///   - isRecursive: Whether a directory goes with all that lies in it.
    ///   - isDryRun: Whether only to say whether it could go.
    /// - Throws: `LayerError`.
    func run(in store: ImageStore, isRecursive: Bool, isDryRun: Bool) throws {
        try store.removeFile(at: argument, isRecursive: isRecursive, isDryRun: isDryRun)
    }
}
