/// How a lock is held.
package enum LockMode: Sendable {
    /// By any number at once, for use.
    case shared
    /// By one alone, for change.
    case exclusive
}
