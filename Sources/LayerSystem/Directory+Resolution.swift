internal import CLinux
internal import Glibc

extension Directory {
    /// Opens the directory that a path leads to, with this directory as the root that nothing leads out of.
    ///
    /// - Parameter path: Components of any form, also absolute and with `..`; links are followed, each inside this root.
    /// - Returns: The directory.
    /// - Throws: `SystemError` of `open`; `isLinkRefused` for more than 40 links and for the links of /proc that lead out by magic.
    package func openInRoot(_ path: some PathBytes) throws(SystemError) -> Directory {
        let opened = try resolve(path, flags: O_RDONLY | O_DIRECTORY)
        return Directory(owning: opened, label: subject(path), in: self)
    }

    /// Opens the regular file that a path leads to, with this directory as the root that nothing leads out of.
    ///
    /// - Parameter path: As for `openInRoot`.
    /// - Returns: The file; anything but a regular one is refused without being opened.
    /// - Throws: `SystemError` of `open`; `isNotRegularFile` for what is none.
    package func openFileInRoot(_ path: some PathBytes) throws(SystemError) -> File {
        let handle = File(owning: try resolve(path, flags: cl_o_path), label: subject(path))
        return try File.openRegular(shownBy: handle.descriptor.rawValue, label: handle.label)
    }

    /// What the file system knows of what a path leads to, with this directory as the root that nothing leads out of.
    ///
    /// - Parameters:
    ///   - path: As for `openInRoot`.
    ///   - followsLastLink: Whether a link in the last component is followed.
    /// - Returns: The status.
    /// - Throws: `SystemError` of `open`.
    package func statusInRoot(_ path: some PathBytes, followsLastLink: Bool) throws(SystemError) -> FileStatus {
        let flags = cl_o_path | (followsLastLink ? 0 : O_NOFOLLOW)
        return try File(owning: try resolve(path, flags: flags), label: subject(path)).status()
    }

    /// Opens what a path leads to.
    ///
    /// - Parameters:
    ///   - path: As for `openInRoot`.
    ///   - flags: Flags of `open` without O_CREAT.
    ///   - resolver: Who resolves.
    /// - Returns: A descriptor, which the caller closes.
    /// - Throws: `SystemError` of `open`.
    func resolve(
        _ path: some PathBytes,
        flags: CInt,
        with resolver: RootedResolver = .preferred
    ) throws(SystemError) -> CInt {
        try SystemCall.run("open", subject(path)) { resolver.open(path, in: descriptor.rawValue, flags: flags) }
    }
}
