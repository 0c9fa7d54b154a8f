/// SRC or DEST of a copy as a user writes it.
///
/// Source: docker/cli `cli/command/container/cp.go`, `splitCpArg`.
public enum CopyArgument: Hashable, Sendable {
    /// `-`: a tar on the standard input or output.
    case stream
    /// A path of the host.
    case host(String)
    /// `NAME:PATH`, of a container or an image; which it is, and where the name ends, the store knows.
    case tree(String)

    /// Reads an argument: it is a path of the host when it is absolute, has no colon, or begins with a dot before the first one.
    public init(_ argument: String) {
        let colon = argument.firstIndex(of: ":")
        if argument == "-" {
            self = .stream
        } else if argument.hasPrefix("/") || argument.hasPrefix(".") || colon == nil {
            self = .host(argument)
        } else {
            self = .tree(argument)
        }
    }
}
