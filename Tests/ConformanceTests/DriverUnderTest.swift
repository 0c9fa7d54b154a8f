import LayerDriver
import LayerSystem
import LayerTestKit
import Testing

/// A way to have a container as a tree, and who goes it.
struct DriverUnderTest: Hashable, Codable {
    /// What shows the tree.
    enum Kind: String, Codable {
        case overlay
        case userns
        case fuse
        case copy
        /// The user-space view, without any mount.
        case union
    }

    /// Who uses it.
    enum Privilege: String, Codable {
        case root
        /// An ordinary user, in a user namespace with numbers of users and groups.
        case ranges
        /// An ordinary user, in a user namespace with the own number alone.
        case singleID = "single id"
        /// An ordinary user, in no namespace.
        case nobody = "no namespace"
    }

    let kind: Kind
    let privilege: Privilege

    /// All of them.
    static let all = [
        Self(kind: .overlay, privilege: .root), Self(kind: .copy, privilege: .root),
        Self(kind: .union, privilege: .root),
        Self(kind: .fuse, privilege: .root), Self(kind: .userns, privilege: .ranges),
        Self(kind: .userns, privilege: .singleID), Self(kind: .copy, privilege: .nobody),
        Self(kind: .union, privilege: .nobody),
    ]

    /// Those that can be used here.
    static let usable = all.filter { $0.obstacle == nil }

    /// Those that can be used here by root, or by others.
    static func usable(byRoot isRoots: Bool) -> [Self] { usable.filter { ($0.privilege == .root) == isRoots } }

    /// Whether all can be seen in its directory: an ordinary user's disk cannot hold all attributes, and an overlay in a user namespace
    /// cannot find a file again that it copied up, so that two names of it have two inode numbers.
    var showsAllAttributes: Bool { privilege == .root || kind == .union }

    /// Why it cannot be used here; nil when it can.
    var obstacle: String? {
        let isRoot = Host.effectiveUserID == 0
        switch (kind, privilege) {
        case (_, .nobody): return nil
        case (_, .root) where !isRoot: return "needs root"
        case (.overlay, _) where !Self.mayMount: return "needs CAP_SYS_ADMIN on the host"
        case (.fuse, _):
            guard Self.mayMount else { return "needs CAP_SYS_ADMIN on the host" }
            guard Need.find("fuse-overlayfs") != nil else { return "needs the program fuse-overlayfs" }
            return HostFile.isOpenable("/dev/fuse") ? nil : "needs /dev/fuse"
        case (.userns, .ranges):
            guard isRoot && Self.mayMount else { return "needs CAP_SYS_ADMIN on the host" }
            return Need.find("newuidmap") == nil ? "needs the program newuidmap" : Self.namespaceObstacle
        case (.userns, _): return Self.namespaceObstacle
        default: return nil
        }
    }

    private static let mayMount = Host.mayMount && UserNamespace.isInitial

    private static let namespaceObstacle: String? = {
        do throws(SystemError) {
            try UserNamespace.probe()
        } catch {
            return "needs user namespaces"
        }
        return Host.kernelVersion >= KernelVersion(5, 11) ? nil : "needs Linux 5.11"
    }()
}

extension DriverUnderTest: CustomTestStringConvertible {
    /// The driver and who uses it.
    var name: String { "\(kind.rawValue), \(privilege.rawValue)" }

    var testDescription: String { name }
}
