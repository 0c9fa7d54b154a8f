/// Which filter of system calls a process gets.
public enum SeccompChoice: Hashable, Sendable {
    /// The distribution's, when it has one.
    case usual
    /// None.
    case unconfined
    /// That of a file of the host, by its absolute path.
    case file(String)
}
