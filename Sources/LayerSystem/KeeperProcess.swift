internal import CLinux
internal import Glibc
internal import LayerModel

/// A process that does nothing but stay with a mount: as long as it lives, so does its mount namespace.
///
/// It belongs to init, has no terminal and none of its maker's descriptors, and needs no file to be found by: the mounts that it sees are
/// listed in /proc. Whatever ends it, also a kill -9 or a power cut, ends its mount, and it ends when somebody takes the mount away.
///
/// On the store that it works for it has a lock, which tells others without a look at each process of the machine that there is a keeper.
package enum KeeperProcess {
    /// The name that such processes have; ps shows it.
    package static let name = "layerctl-mount"

    /// Starts one.
    ///
    /// No other thread may run at that moment (`ChildProcess.fork`).
    ///
    /// - Parameters:
    ///   - store: The store that it works for (`mayWork`); nil for none.
    ///   - body: What it does before it stays: enters namespaces, mounts. It gives the place that is mounted, as the mount table has it.
    /// - Returns: The process' number, when the body has ended well.
    /// - Throws: `SystemError` of `fork`, or what marking the store or the body threw.
    package static func start(
        for store: Directory?,
        _ body: () throws(SystemError) -> [UInt8]
    ) throws(SystemError) -> Int32 {
        let store = try store?.hostPath()
        let bytes = try DetachedProcess.start(name: name) { pipe in
            stay(
                { () throws(SystemError) in
                    if let store { try mark(store) }
                    return try body()
                },
                pipe
            )
        }
        return try KeeperReport(bytes).result()
    }

    /// Whether keepers may work for a store; false is certain.
    package static func mayWork(for store: Directory) -> Bool {
        guard let opened = try? store.reopen() else { return true }  // reason: whoever searches says it
        defer { close(opened) }
        return cl_is_marked(opened) != 0
    }

    /// Marks a store for as long as this process lives: the descriptor is left open.
    ///
    /// Source: man 2 fcntl_locking, "Open file description locks".
    private static func mark(_ store: [UInt8]) throws(SystemError) {
        let directory = try Directory(path: store)
        let opened = try directory.reopen()
        try SystemCall.run("fcntl", directory.label) { cl_mark(opened) }
    }

    /// Whether a process is one, as far as its name tells.
    package static func isKeeper(_ processID: Int32) -> Bool {
        HostFile.readLine("/proc/\(processID)/comm") == name
    }

    /// The keepers of this user's mounts.
    ///
    /// Each process of the machine is asked: in as few calls as can be.
    static func ownIDs() throws(SystemError) -> [Int32] {
        let line = name.utf8 + [UInt8(ascii: "\n")]
        return try Host.ownProcessIDs { processes, number in
            unsafe withUnsafeTemporaryAllocation(byteCount: line.count + 1, alignment: 1) { buffer in
                let opened = unsafe "\(number)/comm".withCPath {
                    unsafe openat(processes.descriptor.rawValue, $0, O_RDONLY | O_CLOEXEC)
                }
                // For want of descriptors it may be one: who looks at its mounts says so.
                guard opened != -1 else { return errno == EMFILE || errno == ENFILE || errno == ENOMEM }
                defer { close(opened) }
                let count = unsafe read(opened, buffer.baseAddress, buffer.count)
                return unsafe count == line.count && buffer.prefix(count).elementsEqual(line)
            }
        }
    }

    /// What the keeper does: all descriptors but its streams and the pipe are closed already.
    private static func stay(_ body: () throws(SystemError) -> [UInt8], _ pipe: FileDescriptor) -> Int32 {
        let report: KeeperReport
        var place: [UInt8] = []
        do throws(SystemError) {
            place = try body()
            report = .ready(getpid())
        } catch {
            report = .failed(error)
        }
        do throws(SystemError) {
            try pipe.writeAll(report.bytes)
            try pipe.close()
        } catch {
            // Whoever asked has gone; what it asked for stands all the same, and is found in /proc.
        }
        if case .failed = report { return 1 }
        // reason: the mount counts, and not that it can be watched
        while (try? waitWhileMounted(place)) == nil { sleep(1) }
        return 0
    }

    /// Returns when nothing is mounted at a place any more.
    private static func waitWhileMounted(_ place: [UInt8]) throws {
        let file = try File.openForReading(path: "/proc/self/mountinfo")
        while try MountTable.current().entry(at: place) != nil {
            try SystemCall.run("poll", file.label) { cl_poll_mounts(file.descriptor.rawValue) }
        }
    }
}
