extension MountRequests {
    /// A container whose mounts are taken over.
    package struct Donor: Hashable, Sendable {
        /// The container as the user wrote it.
        package let container: String
        /// Whether nothing may be written through them.
        package let isReadOnly: Bool
    }

    /// Reads the arguments of `--volumes-from`: `CONTAINER[:MODE]`.
    ///
    /// Source: moby `daemon/volume/mounts/linux_parser.go`, `ParseVolumesFrom`.
    ///
    /// - Returns: The containers, in the order of the arguments.
    /// - Throws: `MountError`.
    package func donors() throws(MountError) -> [Donor] {
        var donors: [Donor] = []
        for text in volumesFrom {
            guard !text.isEmpty else { throw MountError("volumes-from specification cannot be an empty string") }
            let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let modeText = parts.count > 1 ? parts[1] : ""
            guard let mode = MountMode(modeText), mode.propagation == nil, !mode.isCopyingDisabled else {
                throw MountError.mode(modeText)
            }
            donors.append(Donor(container: parts[0], isReadOnly: mode.isReadOnly))
        }
        return donors
    }

    /// Puts all requests together: of each place the strongest counts.
    ///
    /// A bind, a named volume, `--mount` and `--tmpfs` stand above what comes from other containers, that above the volumes that the
    /// image or `-v` without a source ask for. Two of the first sort at one place exclude each other.
    ///
    /// Source: moby `daemon/volumes.go`, `registerMountPoints`; `daemon/create_unix.go`.
    ///
    /// - Parameters:
    ///   - imageVolumes: The volumes of the image's config.
    ///   - inherited: The mounts of each container of `donors()`.
    /// - Returns: The mounts, what lies less deep first.
    /// - Throws: `MountError`.
    package func merged(
        imageVolumes: [String],
        inherited: [(donor: Donor, mounts: [ContainerMount])]
    ) throws(MountError) -> [RequestedMount] {
        var places: [String: RequestedMount] = [:]
        for (donor, mounts) in inherited {
            for mount in mounts where mount.tmpfsOptions == nil {
                places[mount.destination] = RequestedMount(inherited: mount, isReadOnly: donor.isReadOnly)
            }
        }
        for request in try explicit() { places[request.mount.destination] = request }
        let driver = volumeDriver.isEmpty ? nil : volumeDriver
        for volume in volumes {
            try MountSpecification.checkPlace(volume)
            let place = PathText.cleaned(volume)
            if places[place] == nil { places[place] = RequestedMount(anonymousAt: place, driver: driver) }
        }
        for volume in imageVolumes {
            let place = PathText.absolute(volume, in: "/")
            try MountSpecification.checkPlace(place)
            if places[place] == nil { places[place] = RequestedMount(anonymousAt: place, driver: driver) }
        }
        return places.values.sorted { left, right in
            (left.mount.depth, left.mount.destination) < (right.mount.depth, right.mount.destination)
        }
    }

    /// What `-v` with a source, `--mount` and `--tmpfs` ask for.
    private func explicit() throws(MountError) -> [RequestedMount] {
        var requests: [RequestedMount] = []
        var taken: Set<String> = []
        for (place, options) in tmpfs.sorted(by: { $0.key < $1.key }) {
            try MountSpecification.checkPlace(place)
            var mount = ContainerMount(.tmpfs, at: PathText.cleaned(place))
            mount.tmpfsOptions = options
            mount.isReadOnly = options.split(separator: ",").contains("ro")
            guard taken.insert(mount.destination).inserted else { throw MountError.duplicate(mount.destination) }
            requests.append(RequestedMount(tmpfs: mount))
        }
        for text in binds {
            let request = try RequestedMount(parsing: text, driver: volumeDriver)
            let place = request.mount.destination
            guard taken.insert(place).inserted else { throw MountError.duplicate(place) }
            requests.append(request)
        }
        for specification in mounts {
            let request = try RequestedMount(specification)
            guard taken.insert(request.mount.destination).inserted else {
                throw MountError.duplicate(specification.target)
            }
            requests.append(request)
        }
        return requests
    }
}
