package import LayerSystem

/// What is known of the host and of the file system that the store lies on, as far as it decides on a driver.
package struct DriverFacts: Hashable, Sendable {
    /// The outcome of something that was tried.
    package enum Outcome: Hashable, Sendable {
        /// It works.
        case works
        /// It fails, for this reason.
        case fails(String)
    }

    /// The kernel's version.
    package var kernelVersion: KernelVersion
    /// Whether the process may mount (CAP_SYS_ADMIN), be it in a user namespace.
    package var mayMount: Bool
    /// Whether the process is in the host's own user namespace, and not in one where only overlays with `userxattr` work.
    package var isInitialNamespace: Bool
    /// Mounting an overlay in the store, as the process may do it where it is; only tried when `mayMount`.
    package var overlayMount: Outcome
    /// Making a user namespace and mounting in it.
    package var userNamespace: Outcome
    /// Which numbers of users there would be in a user namespace, in words.
    package var mapping: String
    /// The type of the file system.
    package var fileSystemTypeName: String
    /// Making what things are tried in, on the file system: where that fails nothing is known of it.
    package var trial: Outcome
    /// Whether directories tell the kinds of what is in them, without which overlayfs shows whiteouts as files.
    package var tellsKinds: Bool
    /// Giving a file an attribute in the namespace `user`, in which overlayfs keeps its own in a user namespace.
    package var userAttribute: Outcome
    /// Making the character device 0:0, which stands for a removed name.
    package var whiteout: Outcome
    /// Where fuse-overlayfs lies, or nil.
    package var fuseProgram: String?
    /// Whether /dev/fuse can be opened.
    package var fuseDeviceOpens: Bool
    /// Whether fusermount3 is installed, through which an ordinary user mounts.
    package var hasFuseMounter: Bool

    /// Makes a set of facts.
    package init(
        kernelVersion: KernelVersion,
        mayMount: Bool,
        isInitialNamespace: Bool,
        overlayMount: Outcome,
        userNamespace: Outcome,
        mapping: String,
        fileSystemTypeName: String,
        trial: Outcome,
        tellsKinds: Bool,
        userAttribute: Outcome,
        whiteout: Outcome,
        fuseProgram: String?,
        fuseDeviceOpens: Bool,
        hasFuseMounter: Bool
    ) {
        self.kernelVersion = kernelVersion
        self.mayMount = mayMount
        self.isInitialNamespace = isInitialNamespace
        self.overlayMount = overlayMount
        self.userNamespace = userNamespace
        self.mapping = mapping
        self.fileSystemTypeName = fileSystemTypeName
        self.trial = trial
        self.tellsKinds = tellsKinds
        self.userAttribute = userAttribute
        self.whiteout = whiteout
        self.fuseProgram = fuseProgram
        self.fuseDeviceOpens = fuseDeviceOpens
        self.hasFuseMounter = hasFuseMounter
    }
}
