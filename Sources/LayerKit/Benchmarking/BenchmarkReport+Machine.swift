import LayerSystem

extension BenchmarkReport.Machine {
    /// The machine that this runs on.
    static var this: BenchmarkReport.Machine {
        var machine = BenchmarkReport.Machine()
        machine.kernel = Host.kernelRelease
        machine.architecture = Host.architecture
        machine.processorCount = WorkerPool.processorCount
        machine.processor = value(of: "model name", in: "/proc/cpuinfo") ?? ""
        // Source: man 5 proc_meminfo, which counts in units of 1024 bytes.
        let memory = value(of: "MemTotal", in: "/proc/meminfo")?.split(separator: " ").first.flatMap { Int64($0) }
        machine.memoryByteCount = (memory ?? 0) * 1024
        return machine
    }

    /// What stands behind the first colon of the first line that begins so.
    private static func value(of name: String, in path: String) -> String? {
        let text = String(decoding: HostFile.read(path) ?? [], as: UTF8.self)
        guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix(name) }),
            let colon = line.firstIndex(of: ":")
        else { return nil }
        return line[line.index(after: colon)...].split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
