/// A mount namespace of this user's in which this process is not.
package struct NeighbourNamespace: Sendable {
    /// The first process in it.
    package let processID: Int32
    /// What is mounted there.
    package let mounts: MountTable
}
