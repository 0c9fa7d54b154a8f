extension MountSpecification {
    /// Refuses what no container can have, in the order and the words of Docker's daemon.
    ///
    /// Whether the source of a bind is there is for others to look at.
    ///
    /// Source: moby `daemon/volume/mounts/linux_parser.go`, `validateMountConfigImpl`.
    ///
    /// - Returns: What is to be mounted.
    /// - Throws: `MountError`.
    func checked() throws(MountError) -> MountKind {
        do throws(MountError) {
            guard !target.isEmpty else { throw MountError.absent("Target") }
            try Self.checkPlace(target)
            guard let kind = MountKind(rawValue: type) else { throw MountError("mount type unknown") }
            if kind == .bind, source.isEmpty { throw MountError.absent("Source") }
            if kind == .bind, let propagation = bind?.propagation, !propagation.isEmpty,
                !MountMode.propagations.contains(propagation)
            {
                throw MountError("invalid propagation mode: \(propagation)")
            }
            try checkFamilies(kind)
            switch kind {
            case .bind: try Self.checkAbsolute(source)
            case .volume: try checkSubpath(volume?.subpath ?? "")
            case .tmpfs: if !source.isEmpty { throw MountError.extra("Source") }
            case .image:
                if source.isEmpty { throw MountError.absent("Source") }
                try checkSubpath(imageSubpath ?? "")
            }
            return kind
        } catch {
            throw error.about(type)
        }
    }

    private func checkFamilies(_ kind: MountKind) throws(MountError) {
        let families: [(MountKind, String, isThere: Bool)] = [
            (.bind, "BindOptions", bind != nil), (.volume, "VolumeOptions", volume != nil),
            (.image, "ImageOptions", imageSubpath != nil), (.tmpfs, "TmpfsOptions", tmpfs != nil),
        ]
        for (family, name, isThere) in families where isThere && family != kind { throw MountError.extra(name) }
    }

    private func checkSubpath(_ subpath: String) throws(MountError) {
        guard !subpath.isEmpty else { return }
        guard !source.isEmpty else { throw MountError("must not set Subpath when using anonymous volumes") }
        guard PathText.isLocal(subpath) else {
            throw MountError("subpath must be a relative path within the volume")
        }
    }

    /// Refuses what is no place in a container, as Docker does also for `--tmpfs`.
    static func checkPlace(_ path: String) throws(MountError) {
        guard PathText.cleaned(slashed(path)) != "/" else {
            throw MountError("invalid specification: destination can't be '/'")
        }
        try checkAbsolute(path)
    }

    private static func checkAbsolute(_ path: String) throws(MountError) {
        let path = slashed(path)
        guard path.hasPrefix("/") else {
            throw MountError("invalid mount path: '\(path)' mount path must be absolute")
        }
        guard !path.utf8.contains(0) else { throw MountError("invalid mount path: NUL character in it") }
    }

    /// Docker looks at paths as if they could be those of Windows.
    private static func slashed(_ path: String) -> String { String(path.map { $0 == "\\" ? "/" : $0 }) }
}
