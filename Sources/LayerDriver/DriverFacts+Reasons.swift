internal import LayerSystem

extension DriverFacts {
    /// The first kernel in which an ordinary user may mount an overlay.
    private static let usernsOverlayVersion = KernelVersion(5, 11)
    /// File systems that overlayfs refuses to write to, or whose names it would not keep apart.
    private static let refusedAsUpper: Set<String> = [
        "9p", "aufs", "cifs", "ecryptfs", "exfat", "nfs", "overlay", "smb2", "vfat",
    ]

    /// Why a driver does not work here, or nil when it does.
    package func obstacle(to kind: DriverKind) -> String? {
        switch kind {
        case .overlay: overlayObstacle
        case .userns: usernsObstacle
        case .fuse: fuseObstacle
        case .copy: nil
        }
    }

    /// Why a driver that works is a good choice.
    func merit(of kind: DriverKind) -> String {
        switch kind {
        case .overlay: "root, and overlayfs works on \(fileSystemTypeName)"
        case .userns:
            mountsInPlace
                ? "already in a user namespace (\(mapping)), and overlayfs works on \(fileSystemTypeName)"
                : "user namespaces (\(mapping)) and Linux \(kernelVersion)"
        case .fuse: "\(fuseProgram ?? "fuse-overlayfs") and /dev/fuse"
        case .copy: "works everywhere"
        }
    }

    /// Whether the process is in a user namespace and may mount there, so that it needs no other.
    private var mountsInPlace: Bool { mayMount && !isInitialNamespace }

    private var overlayObstacle: String? {
        guard mayMount else { return "not root (no CAP_SYS_ADMIN)" }
        guard isInitialNamespace else { return "not root of the host (in a user namespace)" }
        return trialObstacle ?? kindsObstacle ?? mountObstacle
    }

    private var usernsObstacle: String? {
        guard kernelVersion >= Self.usernsOverlayVersion else {
            return "needs Linux \(Self.usernsOverlayVersion), this is \(kernelVersion)"
        }
        if !mountsInPlace, case .fails(let reason) = userNamespace { return "no user namespace: \(reason)" }
        guard !Self.refusedAsUpper.contains(fileSystemTypeName) else {
            return "overlayfs cannot write to \(fileSystemTypeName)"
        }
        if let obstacle = trialObstacle ?? kindsObstacle { return obstacle }
        if case .fails(let reason) = userAttribute { return "no user attributes on \(fileSystemTypeName): \(reason)" }
        if case .fails(let reason) = whiteout { return "no whiteouts on \(fileSystemTypeName): \(reason)" }
        return mountsInPlace ? mountObstacle : nil
    }

    private var trialObstacle: String? { failure(trial) }

    private var mountObstacle: String? { failure(overlayMount) }

    private func failure(_ outcome: Outcome) -> String? {
        if case .fails(let reason) = outcome { return "a trial on \(fileSystemTypeName) failed: \(reason)" }
        return nil
    }

    private var kindsObstacle: String? {
        guard !tellsKinds else { return nil }
        return "\(fileSystemTypeName) does not tell file kinds in directories (d_type; for xfs: mkfs -n ftype=1)"
    }

    private var fuseObstacle: String? {
        guard fuseProgram != nil else { return "fuse-overlayfs is not installed" }
        guard fuseDeviceOpens else { return "/dev/fuse cannot be opened" }
        guard mayMount || hasFuseMounter else { return "fusermount3 is not installed" }
        return nil
    }
}
