internal import LayerModel
package import LayerSystem

/// Does what a plan says, and takes it away again.
package enum Mounter {
    /// Mounts.
    ///
    /// A user namespace is entered where this process may not mount: then the mount is in that of a process of its own, which keeps it
    /// (`KeeperProcess`), and is reached through `MountedPlace.path`. That no other mount uses the same upper directory is the caller's to
    /// see to (`MountSearch`, under a lock).
    ///
    /// - Parameters:
    ///   - plan: What to mount; the target must be there.
    ///   - store: The store whose searches are to find the mount; nil for none.
    /// - Returns: The mount.
    /// - Throws: `SystemError` of the call that failed; `DriverError` of fuse-overlayfs.
    package static func mount(_ plan: MountPlan, of store: Directory? = nil) throws -> MountedPlace {
        switch plan.kind {
        case .overlay: try OverlayMounter.mount(plan)
        case .userns:
            guard Host.mayMount && !UserNamespace.isInitial else { return try keep(plan, of: store) }
            try OverlayMounter.mount(plan)
        case .fuse: try FuseMounter.mount(plan)
        case .copy: throw DriverError.notMounting(plan.kind)
        }
        return try place(of: plan, in: MountTable.current(), processID: nil)
    }

    /// Takes a mount away.
    ///
    /// - Parameters:
    ///   - place: The mount.
    ///   - isLazy: Whether a mount that is in use goes too, as soon as nobody uses it any more.
    /// - Throws: `SystemError`: `isBusy` when it is in use; `DriverError`: `mountedElsewhere`, or `programFailed` of fusermount3.
    package static func unmount(_ place: MountedPlace, isLazy: Bool = false) throws {
        if let processID = place.processID {
            try unmount(place, of: processID, isLazy: isLazy)
        } else if place.isFuse && !Host.mayMount {
            try FuseMounter.unmountAsUser(place.mountPoint, isLazy: isLazy)
        } else {
            try Mount.unmount(place.mountPoint, isLazy: isLazy)
        }
    }

    /// Lets a process of its own mount in namespaces of its own.
    private static func keep(_ plan: MountPlan, of store: Directory?) throws -> MountedPlace {
        let mapping = NamespaceMapping.available()
        let keeper = try KeeperProcess.start(for: store) { () throws(SystemError) in
            try UserNamespace.enter(mapping)
            try OverlayMounter.mount(plan)
            return MountSearch.canonical(plan.target)
        }
        return try place(of: plan, in: MountTable.current(of: keeper), processID: keeper)
    }

    /// Finds what was just mounted.
    private static func place(of plan: MountPlan, in table: MountTable, processID: Int32?) throws -> MountedPlace {
        let mountPoint = MountSearch.canonical(plan.target)
        let entry = table.entry(at: mountPoint)
        guard var place = entry.flatMap({ MountedPlace($0, processID: processID, isKept: processID != nil) }) else {
            throw DriverError.notFound(mountPoint)
        }
        if place.isFuse { place.upper = plan.writable?.upper }
        return place
    }

    /// Unmounts in another namespace, and ends the process that does nothing but keep it.
    private static func unmount(_ place: MountedPlace, of processID: Int32, isLazy: Bool) throws {
        let process = try ProcessHandle(processID)
        // The number may have gone to another process since the mount was found: from here on the handle holds on to this one.
        guard let entry = try MountTable.currentIfAlive(of: processID)?.entry(at: place.mountPoint),
            MountedPlace(entry, processID: processID, isKept: place.isKept)?.isSameMount(as: place) == true
        else { return }
        do {
            try process.unmount(place.mountPoint, isLazy: isLazy)
        } catch {
            // Not from a namespace beside the other one; a keeper can be ended all the same, and its mount goes with it.
            guard error.isNotPermitted else { throw error }
            guard place.isKept, isLazy else { throw DriverError.mountedElsewhere(place.mountPoint, process: processID) }
        }
        if place.isKept { try process.end() }
    }
}
