internal import CLinux
internal import Glibc
internal import LayerModel

/// The walk that stands in for `openat2(2)`: it opens one component after the other, and never lets the kernel follow a link or `..`.
///
/// A link's target is put in front of the components that remain. `..` drops the last name, and the walk to where that leads begins
/// again at the root: nothing depends on what `..` means in a directory that is moved meanwhile, and a deep path costs no more than two
/// descriptors. Links on procfs are refused altogether: among them are those that lead out by magic.
///
/// Calls give a descriptor, or an error number with a minus sign.
struct RootedWalk: ~Copyable {
    /// The most links in one path.
    ///
    /// Source: `man 7 path_resolution`.
    private static let linkLimit = 40
    private static let procType: UInt64 = 0x9FA0

    private let root: CInt
    private let flags: CInt
    /// Where the walk stands: the root, or a descriptor of this walk.
    private var current: CInt
    /// The names from the root down to where the walk stands; none of them was a link.
    private var names: [[UInt8]] = []
    /// Whether `current` is no longer where `names` lead.
    private var isStale = false
    /// The components that remain, the next one last.
    private var rest: [ArraySlice<UInt8>]
    /// Whether what the path leads to must be a directory: it ends in a slash, `.` or `..`.
    private var mustBeDirectory: Bool
    private var linkCount = 0

    /// Opens what a path leads to.
    ///
    /// - Parameters:
    ///   - path: Components of any form; empty for the root itself.
    ///   - root: The directory that nothing leads out of.
    ///   - flags: Flags of `open` without O_CREAT.
    /// - Returns: The descriptor, or -1 with errno.
    static func open(_ path: some PathBytes, in root: CInt, flags: CInt) -> CInt {
        let bytes = path.pathBytes
        if bytes.contains(0) { return SystemCall.failing(EINVAL) }
        if bytes.count >= Int(PATH_MAX) { return SystemCall.failing(ENAMETOOLONG) }
        let result = walk(bytes, root: root, flags: flags)
        return result < 0 ? SystemCall.failing(-result) : result
    }

    private static func walk(_ path: [UInt8], root: CInt, flags: CInt) -> CInt {
        var walk = RootedWalk(path, root: root, flags: flags)
        return walk.run()
    }

    private init(_ path: [UInt8], root: CInt, flags: CInt) {
        self.root = root
        self.flags = flags | O_CLOEXEC
        current = root
        rest = Self.components(path[...]).reversed()
        mustBeDirectory = Self.endsAsDirectory(path[...])
    }

    deinit {
        if current != root { close(current) }
    }

    private mutating func run() -> CInt {
        while let component = rest.popLast() {
            if component.elementsEqual("..".utf8) {
                if names.popLast() != nil { isStale = true }
                continue
            }
            if let result = step(Array(component)) { return result }
        }
        let code = catchUp()
        if code != 0 { return code }
        let flags = flags & ~O_NOFOLLOW
        return Self.result { unsafe openat(current, ".", flags) }
    }

    /// Takes one component: gives nil to go on, or what the whole walk gives.
    private mutating func step(_ name: [UInt8]) -> CInt? {
        let code = catchUp()
        if code != 0 { return code }
        let isLast = rest.isEmpty
        let handle = openHere(name, cl_o_path | O_NOFOLLOW)
        if handle < 0 { return handle }
        var status = cl_status()
        guard unsafe cl_fstat(handle, &status) == 0 else { return Self.closing(handle, -errno) }
        let kind = FileStatus(status).kind
        if kind == .symbolicLink {
            if isLast && flags & O_NOFOLLOW != 0 && !mustBeDirectory {
                return Self.closing(handle, openHere(name, flags))
            }
            let result = follow(handle, isLast: isLast)
            return result == 0 ? nil : result
        }
        if kind != .directory && (!isLast || mustBeDirectory) { return Self.closing(handle, -ENOTDIR) }
        guard isLast else {
            move(to: handle)
            names.append(name)
            return nil
        }
        let result = Self.closing(handle, openHere(name, flags | O_NOFOLLOW))
        guard result == -ELOOP else { return result }
        // A link was put there meanwhile: look again.
        rest.append(name[...])
        linkCount += 1
        return linkCount > Self.linkLimit ? -ELOOP : nil
    }

    /// Puts a link's target in front of what remains, and closes the link; gives 0 or an error.
    private mutating func follow(_ link: CInt, isLast: Bool) -> CInt {
        defer { close(link) }
        linkCount += 1
        var facts = cl_file_system()
        guard unsafe cl_fstatfs(link, &facts) == 0 else { return -errno }
        if linkCount > Self.linkLimit || facts.type == Self.procType { return -ELOOP }
        guard let target = Self.target(of: link) else { return -errno }
        if target.first == UInt8(ascii: "/") {
            names = []
            isStale = true
        }
        if isLast && Self.endsAsDirectory(target[...]) { mustBeDirectory = true }
        rest.append(contentsOf: Self.components(target[...]).reversed())
        return 0
    }

    /// Goes to where the names lead, from the root down; gives 0 or an error.
    private mutating func catchUp() -> CInt {
        guard isStale else { return 0 }
        move(to: root)
        for name in names {
            // A name that became a link meanwhile ends the walk here, with ENOTDIR.
            let next = openHere(name, cl_o_path | O_NOFOLLOW | O_DIRECTORY)
            if next < 0 { return next }
            move(to: next)
        }
        isStale = false
        return 0
    }

    private mutating func move(to descriptor: CInt) {
        if current != root { close(current) }
        current = descriptor
    }
}

extension RootedWalk {
    private borrowing func openHere(_ name: [UInt8], _ flags: CInt) -> CInt {
        let parent = current
        return Self.result { unsafe name.withCName { unsafe openat(parent, $0, flags | O_CLOEXEC) } }
    }

    private static func result(_ call: () -> CInt) -> CInt {
        let result = SystemCall.retrying(call)
        return result == -1 ? -errno : result
    }

    private static func closing(_ descriptor: CInt, _ result: CInt) -> CInt {
        close(descriptor)
        return result
    }

    /// The target of a link; nil with the reason in errno.
    private static func target(of link: CInt) -> [UInt8]? {
        // reason: the walk gives errno itself, as its other calls do
        try? unsafe SystemBuffer.fill(byteCount: 4096) { buffer throws(SystemError) in
            try SystemCall.run("readlink", "") { unsafe cl_readlinkat(link, "", buffer.baseAddress, buffer.count) }
        }
    }

    private static func components(_ path: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        path.split(separator: UInt8(ascii: "/")).filter { !$0.elementsEqual(".".utf8) }
    }

    private static func endsAsDirectory(_ path: ArraySlice<UInt8>) -> Bool {
        guard let last = path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).last else {
            return false
        }
        return last.isEmpty || last.elementsEqual(".".utf8) || last.elementsEqual("..".utf8)
    }
}
