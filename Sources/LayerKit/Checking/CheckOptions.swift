/// What a check of a store is asked for.
public struct CheckOptions: Sendable {
    /// Whether files are read: otherwise only records, documents, indexes and what a look at each name tells.
    public var readsData = false
    /// How many layers are looked at once; nil for one a processor.
    public var workerCount: Int?

    /// The usual choices.
    public init() {}
}
