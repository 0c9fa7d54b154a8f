/// A mount that was asked for, and what is to be done before a container has it.
package struct RequestedMount: Hashable, Sendable {
    /// The mount; the name of an anonymous volume and the ID of an image are still missing.
    package var mount: ContainerMount
    /// The labels of a volume that is made for it.
    package let labels: [String: String]
    /// The driver's options of a volume that is made for it.
    package let options: [String: String]
    /// Whether the source of a bind is made where it is missing; otherwise that is an error.
    package let createsSource: Bool
    /// The mode of a volume of the usual driver for which the user wrote none.
    package let usualMode: String
    /// Whether it is another container's, so that nothing is made or filled for it.
    package let isInherited: Bool

    /// A volume that nobody named, as images ask for it.
    init(anonymousAt destination: String, driver: String?) {
        var mount = ContainerMount(.volume, at: destination)
        mount.isAnonymous = true
        mount.driver = driver
        self.mount = mount
        (labels, options, createsSource, isInherited, usualMode) = ([:], [:], false, false, "")
    }

    /// A mount of another container.
    init(inherited: ContainerMount, isReadOnly: Bool) {
        var mount = inherited
        mount.isReadOnly = inherited.isReadOnly || isReadOnly
        mount.mode = ""
        mount.isCopyingDisabled = true
        self.mount = mount
        (labels, options, createsSource, isInherited, usualMode) = ([:], [:], false, true, "")
    }

    /// What `--tmpfs` asks for.
    init(tmpfs mount: ContainerMount) {
        self.mount = mount
        (labels, options, createsSource, isInherited, usualMode) = ([:], [:], false, false, "")
    }

    /// What a specification asks for.
    ///
    /// - Parameters:
    ///   - specification: The specification.
    ///   - mode: The mode behind `-v`; nil for `--mount`.
    /// - Throws: `MountError`.
    init(_ specification: MountSpecification, mode: String? = nil) throws(MountError) {
        let kind = try specification.checked()
        var mount = ContainerMount(kind, at: PathText.cleaned(specification.target))
        mount.isReadOnly = specification.isReadOnly || kind == .image
        mount.mode = mode ?? ""
        switch kind {
        case .volume:
            let volume = specification.volume ?? MountSpecification.Volume()
            mount.name = specification.source.isEmpty ? nil : specification.source
            mount.isAnonymous = specification.source.isEmpty
            mount.driver = volume.driver.isEmpty ? nil : volume.driver
            mount.isCopyingDisabled = volume.isCopyingDisabled
            mount.subpath = volume.subpath.isEmpty ? nil : PathText.cleaned(volume.subpath)
        case .bind:
            mount.source = PathText.cleaned(specification.source)
            let propagation = specification.bind?.propagation ?? ""
            mount.propagation = propagation.isEmpty ? Self.usualPropagation : propagation
            mount.recursion = specification.bind?.recursion ?? .enabled
        case .tmpfs:
            mount.tmpfsByteCount = specification.tmpfs.flatMap { $0.byteCount == 0 ? nil : $0.byteCount }
            mount.tmpfsMode = specification.tmpfs.flatMap { $0.mode == 0 ? nil : $0.mode }
        case .image:
            mount.name = specification.source
            mount.propagation = Self.usualPropagation
            mount.subpath = specification.imageSubpath.flatMap { $0.isEmpty ? nil : PathText.cleaned($0) }
        }
        self.mount = mount
        labels = specification.volume?.labels ?? [:]
        options = specification.volume?.options ?? [:]
        createsSource = mode != nil || specification.bind?.createsSource == true
        isInherited = false
        usualMode = "z"
    }

    private static let usualPropagation = "rprivate"

    /// Reads a bind or a named volume as `-v` has it.
    ///
    /// Source: moby `daemon/volume/mounts/linux_parser.go`, `ParseMountRaw`.
    ///
    /// - Parameters:
    ///   - text: `SRC:DST[:MODE]`.
    ///   - driver: The driver of volumes for which none is named; may be empty.
    /// - Throws: `MountError`.
    init(parsing text: String, driver: String) throws(MountError) {
        let parts = text.split(separator: ":", maxSplits: 3, omittingEmptySubsequences: false).map(String.init)
        guard !parts[0].isEmpty, parts.count < 4 else { throw MountError.specification(text) }
        // A place and a mode are no volume: there is nothing that could have the mode.
        if parts.count == 2, MountMode(parts[1]) != nil { throw MountError.specification(text) }
        let modeText = parts.count > 2 ? parts[2] : ""
        guard let mode = MountMode(modeText) else { throw MountError.mode(modeText) }
        var specification = MountSpecification()
        if parts.count > 1 { specification.source = parts[0] }
        specification.target = parts.count > 1 ? parts[1] : parts[0]
        let isBind = specification.source.hasPrefix("/")
        specification.type = (isBind ? MountKind.bind : .volume).rawValue
        specification.isReadOnly = mode.isReadOnly
        if !isBind, !driver.isEmpty { specification.volume = MountSpecification.Volume(driver: driver) }
        if mode.isCopyingDisabled {
            specification.volume = specification.volume ?? MountSpecification.Volume()
            specification.volume?.isCopyingDisabled = true
        }
        if let propagation = mode.propagation { specification.bind = MountSpecification.Bind(propagation: propagation) }
        do throws(MountError) {
            try self.init(specification, mode: modeText)
        } catch {
            throw MountError("\(MountError.specification(text)): \(error)")
        }
    }
}
