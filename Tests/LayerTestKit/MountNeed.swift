import LayerSystem
package import Testing

/// What tests need that mount.
package enum MountNeed {
    /// The right to mount in the host's own user namespace, which root in a container may lack.
    package static let mounting: ConditionTrait = .enabled(
        if: Host.mayMount && UserNamespace.isInitial,
        "needs CAP_SYS_ADMIN on the host"
    )

    /// The device of FUSE.
    package static let fuse: ConditionTrait = .enabled(if: HostFile.isOpenable("/dev/fuse"), "needs /dev/fuse")

    /// That an ordinary user may make user namespaces and mount in them.
    package static let userNamespaces: ConditionTrait = .enabled(
        if: (try? UserNamespace.probe()) != nil && Host.kernelVersion >= KernelVersion(5, 11),
        "needs user namespaces"
    )
}
