import ArgumentParser
import LayerModel

/// Kinds of files as `find -type` writes them.
struct FileKindSet: ExpressibleByArgument {
    private static let letters: [Character: EntryKind] = [
        "f": .regular, "d": .directory, "l": .symbolicLink, "b": .blockDevice, "c": .characterDevice, "p": .fifo,
        "s": .socket,
    ]

    /// The kinds.
    let kinds: Set<EntryKind>

    init?(argument: String) {
        var kinds: Set<EntryKind> = []
        for word in argument.split(separator: ",", omittingEmptySubsequences: false) {
            guard word.count == 1, let letter = word.first, let kind = Self.letters[letter] else { return nil }
            kinds.insert(kind)
        }
        self.kinds = kinds
    }
}
