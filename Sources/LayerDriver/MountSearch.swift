internal import LayerModel
package import LayerSystem

/// The overlays that are mounted now: in the namespace of this process, and in others of this user.
///
/// Nothing is remembered anywhere: mount tables are the truth.
package struct MountSearch: Sendable {
    /// The mounts; those of this namespace first, and of one place that on top first.
    package let places: [MountedPlace]

    /// Looks.
    ///
    /// Root of the host looks into its own namespace and those of keepers only: what other processes see are copies of what is here.
    ///
    /// - Parameters:
    ///   - isWide: Whether root looks into the namespaces of all its processes: somebody may have mounted in one of them.
    ///   - store: The store whose mounts are asked for: root looks for keepers only where some work for it. nil for mounts of any kind.
    /// - Throws: `SystemError` when /proc cannot be read, or `MountTableError`.
    package init(isWide: Bool = false, of store: Directory? = nil) throws {
        var places = Self.places(of: try MountTable.current(), processID: nil)
        let isNarrow = !isWide && Host.mayMount && UserNamespace.isInitial
        let isAlone = isNarrow && store.map(KeeperProcess.mayWork) == false
        for namespace in isAlone ? [] : try MountNamespace.neighbours(isForKeepersOnly: isNarrow) {
            places += Self.places(of: namespace.mounts, processID: namespace.processID)
        }
        if places.contains(where: \.isFuse) {
            let uppers = try FuseProcess.uppers()
            for index in places.indices where places[index].isFuse {
                places[index].upper = uppers[places[index].mountPoint]
            }
        }
        self.places = places
    }

    init(places: [MountedPlace]) {
        self.places = places
    }

    /// Finds the mount of a container.
    ///
    /// - Parameters:
    ///   - target: The place where it should be shown; links on the way to it are followed.
    ///   - upper: The upper directory that it would have, which finds it at any place; nil to ask for the place alone.
    /// - Returns: The mount, or nil when there is none. Of several the one in this namespace.
    package func place(target: [UInt8], upper: [UInt8]? = nil) -> MountedPlace? {
        let mountPoint = Self.canonical(target)
        let canonicalUpper = upper.map(Self.canonical)
        return places.first { place in
            place.mountPoint == mountPoint
                || (place.upper != nil && (place.upper == upper || place.upper == canonicalUpper))
        }
    }

    /// The path as a mount table has it; what is not there is what it says.
    static func canonical(_ path: [UInt8]) -> [UInt8] {
        (try? Directory(path: path).hostPath()) ?? path  // reason: a place that is not there is no mount point either
    }

    private static func places(of table: MountTable, processID: Int32?) -> [MountedPlace] {
        let isKept = processID.map(KeeperProcess.isKeeper) ?? false
        return table.entries.reversed().compactMap { MountedPlace($0, processID: processID, isKept: isKept) }
    }
}
