/// Where a runtime is going to be started.
package enum RuntimePlace: Hashable, Sendable {
    /// As root of the host.
    case host
    /// As root of a user namespace that its caller has entered.
    ///
    /// - Parameter hasGroups: Whether more groups than one are known there.
    case namespace(hasGroups: Bool)
    /// As an ordinary user: the runtime makes a user namespace, with this user as root and nobody else.
    case user(uid: UInt32, gid: UInt32)
}
