import Glibc
import LayerSystem
import Testing

/// What tests of system calls need beside root.
enum SystemNeed {
    /// The right to mount, which root in a container may lack.
    static let mounting: ConditionTrait = .enabled(
        if: Host.mayMount,
        "needs CAP_SYS_ADMIN"
    )
}
