public import ImageSpec
public import LayerModel
import LayerStorage
import LayerSystem

extension ImageStore {
    /// Makes a container: an empty read-write layer above an image's layers.
    ///
    /// - Parameters:
    ///   - id: The image.
    ///   - imageName: What the user calls the image.
    ///   - name: What people are to call the container; nil for a name of two words.
    ///   - labels: Labels beside those of the image.
    ///   - mounts: What is to be mounted in it, beside the volumes of the image.
    ///   - process: What is wanted of its process, beside what the image says.
    /// - Returns: The container, which is on the disk by then.
    /// - Throws: `LayerError`: `notFound`, `conflict` for a name that is taken and for two mounts at one place, `usage` for what is no name
    ///   and no mount, `corrupt` when a layer of the image is not whole. No volume stays that was made for it then.
    public func createContainer(
        of id: ImageID,
        imageName: String,
        name: String? = nil,
        labels: [String: String] = [:],
        mounts: MountRequests = MountRequests(),
        process: ProcessSettings = ProcessSettings()
    ) throws(LayerError) -> ContainerDetails {
        try LayerError.catching {
            guard let image = try store.storedImage(id) else {
                throw LayerError(.notFound, "No such image: \(imageName)")
            }
            // Its lock keeps what was made for the container until the container's record names it.
            let transaction = try store.begin()
            defer { withExtendedLifetime(transaction) {} }
            var preparation = MountPreparation(for: image, in: self)
            try preparation.run(mounts, image)
            var members = JSONObject()
            if !mounts.json.isEmpty { members[ContainerRecord.mountsKey] = .object(mounts.json) }
            if !process.json.isEmpty { members[ContainerRecord.processKey] = .object(process.json) }
            let record: ContainerRecord
            do {
                record = try store.createContainer(
                    image: image,
                    imageName: imageName,
                    name: name,
                    labels: labels,
                    mounts: preparation.mounts,
                    members: members
                )
            } catch {
                preparation.undo()
                throw error
            }
            return try ContainerReading(self, names: store.certainNames(), measuresSizes: false).details([record])[0]
        }
    }

    /// Lists the containers, the newest first.
    ///
    /// - Parameter measuresSizes: Whether to measure what each container's own layer holds.
    /// - Returns: The containers, and a line for each damaged record: one damaged object takes nothing else away.
    /// - Throws: `LayerError`.
    public func containers(
        measuresSizes: Bool = false
    ) throws(LayerError) -> (containers: [ContainerDetails], problems: [String]) {
        try LayerError.catching {
            let listing = try store.containers()
            let (names, problems) = try store.allNames()
            let reading = ContainerReading(self, names: names, measuresSizes: measuresSizes)
            return (try reading.details(listing.records), listing.problems + problems)
        }
    }

    /// Finds a container as Docker does: a whole ID, a name, the beginning of an ID.
    ///
    /// - Parameters:
    ///   - text: What the user wrote.
    ///   - measuresSizes: Whether to measure what the container's own layer holds.
    /// - Returns: The container.
    /// - Throws: `LayerError`: `notFound`, `conflict` for a beginning that several IDs have, `corrupt`.
    public func container(_ text: String, measuresSizes: Bool = false) throws(LayerError) -> ContainerDetails {
        try LayerError.catching {
            let reading = try ContainerReading(self, names: store.certainNames(), measuresSizes: measuresSizes)
            return try reading.details([store.container(text)])[0]
        }
    }

    /// Gives a container another name.
    ///
    /// - Parameters:
    ///   - text: The container, as `container(_:measuresSizes:)` finds it.
    ///   - name: The name.
    /// - Throws: `LayerError`: `notFound`, `conflict` for a name that is taken, `usage` for what is no name.
    public func renameContainer(_ text: String, to name: String) throws(LayerError) {
        try LayerError.catching {
            guard !text.isEmpty, !name.isEmpty else {
                throw LayerError(.usage, "Neither old nor new names may be empty")
            }
            try store.renameContainer(store.containerID(text), to: name)
        }
    }

    /// Removes a container, also one whose record is damaged.
    ///
    /// - Parameters:
    ///   - text: The container, as `container(_:measuresSizes:)` finds it.
    ///   - isForced: Whether to end its process and its mounts first, and to wait for those who use it.
    ///   - removesVolumes: Whether its volumes that nobody named go as well, unless other containers use them.
    ///   - isDryRun: Whether only to say whether it could go.
    /// - Returns: A line for each of those volumes that stays because a container whose record cannot be read may use it.
    /// - Throws: `LayerError`: `notFound`, `conflict` for a container that runs, is mounted or in use.
    @discardableResult
    public func removeContainer(
        _ text: String,
        isForced: Bool = false,
        removesVolumes: Bool = false,
        isDryRun: Bool = false
    ) throws(LayerError) -> [String] {
        try LayerError.catching {
            let id = try store.containerID(text)
            let record = try store.readableContainer(id)
            if !isDryRun { try record?.enterNamespace() }
            let run = try lockRun(of: id, isForced: isForced && !isDryRun)
            defer { withExtendedLifetime(run) {} }
            // One that removes itself when its process ends may have gone by now.
            if run != nil, isForced, !isDryRun, try !store.hasContainer(id) { return [] }
            try store.removeContainer(id, isForced: isForced, isDryRun: isDryRun, mounts: containerMounts)
            if !isDryRun, let record { ShownMounts.endVolumes(of: record) }
            guard removesVolumes, !isDryRun else { return [] }
            return try removeVolumes((record?.mounts ?? []).filter(\.isAnonymous).compactMap(\.name))
        }
    }

    /// Removes those of some volumes that nobody uses.
    ///
    /// - Returns: A line for each that may be used by a container whose record is damaged.
    private func removeVolumes(_ names: [String]) throws(LayerError) -> [String] {
        var warnings: [String] = []
        for name in names {
            do throws(LayerError) {
                try removeVolume(name)
            } catch {
                switch error.code {
                case .corrupt: warnings.append(error.message)
                // Another container has it, or somebody was faster: as with Docker, that is no failure.
                case .conflict, .notFound: break
                default: throw error
                }
            }
        }
        return warnings
    }
}
