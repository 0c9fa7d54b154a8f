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
        guard tellsKinds else { return noKinds }
        return trialObstacle
    }

    private var usernsObstacle: String? {
        guard kernelVersion >= Self.usernsOverlayVersion else {
            return "needs Linux \(Self.usernsOverlayVersion), this is \(kernelVersion)"
        }
        if !mountsInPlace, case .fails(let reason) = userNamespace { return "no user namespace: \(reason)" }
        guard !Self.refusedAsUpper.contains(fileSystemTypeName) else {
            return "overlayfs cannot write to \(fileSystemTypeName)"
        }
        guard tellsKinds else { return noKinds }
        guard hasUserAttributes else { return "no user attributes on \(fileSystemTypeName)" }
        guard hasWhiteouts else { return "no whiteouts on \(fileSystemTypeName)" }
        return mountsInPlace ? trialObstacle : nil
    }

    private var trialObstacle: String? {
        if case .fails(let reason) = overlayMount { return "a trial on \(fileSystemTypeName) failed: \(reason)" }
        return nil
    }

    private var fuseObstacle: String? {
        guard fuseProgram != nil else { return "fuse-overlayfs is not installed" }
        guard fuseDeviceOpens else { return "/dev/fuse cannot be opened" }
        guard mayMount || hasFuseMounter else { return "fusermount3 is not installed" }
        return nil
    }

    private var noKinds: String {
        "\(fileSystemTypeName) does not tell file kinds in directories (d_type; for xfs: mkfs -n ftype=1)"
    }
}
