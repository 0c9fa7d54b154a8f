/// The two ways to write a command.
enum CommandForm: Hashable, Sendable {
    /// The words themselves, written as a JSON array.
    case exec([String])
    /// A text for a shell.
    case shell(String)

    /// Whether there is no word at all.
    var isEmpty: Bool {
        switch self {
        case .exec(let words): words.isEmpty
        case .shell(let text): text.isEmpty
        }
    }
}
