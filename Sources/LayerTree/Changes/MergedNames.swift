import LayerModel

/// Goes through all names that a directory has or had, in the order of their bytes.
struct MergedNames {
    /// One name, and what stands there: in the read-write layer, below it before, and below it now.
    struct Name {
        let bytes: [UInt8]
        let item: UpperItem?
        let before: LowerStack.Entry?
        let after: LowerStack.Entry?
    }

    private var items: ArraySlice<UpperItem>
    private var before: Side
    private var after: Side

    /// A merged directory, read one name ahead.
    private struct Side {
        private var cursor: LowerCursor?
        private(set) var head: (name: [UInt8], entry: LowerStack.Entry)?

        init(_ directory: LowerStack.MergedDirectory?, _ stack: LowerStack) {
            cursor = directory.map { LowerCursor(stack, in: $0) }
            head = cursor?.next()
        }

        mutating func take(_ name: [UInt8]) -> LowerStack.Entry? {
            guard let found = head, found.name == name else { return nil }
            head = cursor?.next()
            return found.entry
        }
    }

    /// Starts before the first name.
    init(
        _ items: [UpperItem],
        _ before: LowerStack.MergedDirectory?,
        _ after: LowerStack.MergedDirectory?,
        _ stack: LowerStack
    ) {
        self.items = items[...]
        self.before = Side(before, stack)
        self.after = Side(after, stack)
    }

    /// Moves to the next name; nil at the end.
    mutating func next() -> Name? {
        let heads = [items.first?.name, before.head?.name, after.head?.name].compactMap(\.self)
        guard let name = heads.min(by: { $0.lexicographicallyPrecedes($1) }) else { return nil }
        let item = items.first?.name == name ? items.removeFirst() : nil
        return Name(bytes: name, item: item, before: before.take(name), after: after.take(name))
    }
}
