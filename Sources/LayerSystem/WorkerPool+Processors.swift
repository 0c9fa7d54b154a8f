internal import CLinux

extension WorkerPool {
    /// How many processors the process may use: those it is bound to, or fewer where its control group has a smaller share.
    package static var processorCount: Int {
        let bound = max(1, Int(cl_processor_count()))
        guard let share = controlGroupShare() else { return bound }
        return max(1, min(bound, share))
    }

    /// The smallest share of this process' control group and those above it, in whole processors, or nil when there is none.
    private static func controlGroupShare() -> Int? {
        guard let groups = HostFile.read("/proc/self/cgroup") else { return nil }
        let root = "/sys/fs/cgroup"
        var smallest: Int?
        guard var path = controlGroupPath(in: groups) else { return nil }
        while true {
            if let text = HostFile.readLine(root + path + "/cpu.max"), let share = processorShare(text) {
                smallest = min(smallest ?? share, share)
            }
            guard let slash = path.lastIndex(of: "/") else { return smallest }
            path = String(path[..<slash])
        }
    }

    /// The path of the process in the one hierarchy of version 2: the line `0::/path`.
    ///
    /// Source: `man 7 cgroups`.
    static func controlGroupPath(in bytes: [UInt8]) -> String? {
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") where line.hasPrefix("0::/") {
            let path = String(line.dropFirst(3))
            return path == "/" ? "" : path
        }
        return nil
    }

    /// The processors that `cpu.max` allows: "quota period" in microseconds, or "max period".
    ///
    /// Source: kernel `cgroup-v2.rst`.
    static func processorShare(_ text: String) -> Int? {
        let fields = text.split(separator: " ")
        guard fields.count == 2, let quota = Int(fields[0]), let period = Int(fields[1]), quota > 0, period > 0 else {
            return nil
        }
        return (quota - 1) / period + 1
    }
}
