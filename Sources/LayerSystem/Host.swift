internal import CLinux
internal import Glibc
package import LayerModel

/// The machine, the kernel and the process, as far as they matter here.
package enum Host {
    /// The processor architecture in Go's words (`amd64`, `arm64`), as images name it.
    package static var architecture: String { names.architecture }
    /// The architecture's variant as images name it (`v8` for arm64, `v7` for arm), or nil.
    package static var architectureVariant: String? {
        switch names.machine {
        case "armv7l", "armv8l": "v7"
        case "armv6l": "v6"
        case "armv5tel", "armv5tejl": "v5"
        default: nil
        }
    }
    /// Where large temporary files go: `TMPDIR`, or else `/var/tmp`, which unlike `/tmp` is never memory.
    package static var temporaryPath: String {
        let configured = environment("TMPDIR") ?? ""
        return configured.isEmpty ? "/var/tmp" : configured
    }
    /// The operating system in Go's words: `linux`.
    package static let operatingSystem = "linux"
    /// The kernel's release (`6.1.0-18-amd64`).
    package static var kernelRelease: String { names.release }
    /// The kernel's release as two numbers that can be compared, or 0.0 when it has another form.
    package static var kernelVersion: KernelVersion { KernelVersion(release: names.release) }

    /// The user whose rights the process has.
    package static var effectiveUserID: UInt32 { geteuid() }
    /// The group whose rights the process has.
    package static var effectiveGroupID: UInt32 { getegid() }
    /// The size of a page of memory, in bytes.
    package static var pageByteCount: Int { Int(sysconf(CInt(_SC_PAGESIZE))) }
    /// The most memory the process has had resident so far, in bytes.
    package static var peakResidentByteCount: Int64 { max(0, cl_peak_resident_byte_count()) }

    /// A variable of the environment, or nil when it is not set.
    package static func environment(_ name: String) -> String? {
        guard let value = unsafe getenv(name) else { return nil }
        return unsafe String(cString: value)
    }

    /// Sets a variable of the environment, for this process and the programs that it runs.
    ///
    /// No other thread may read the environment at that moment.
    ///
    /// - Parameters:
    ///   - name: The variable's name.
    ///   - value: Its value.
    /// - Throws: `SystemError` of `setenv`.
    package static func setEnvironment(_ name: String, _ value: String) throws(SystemError) {
        try SystemCall.run("setenv", name) {
            unsafe name.withCPath { name -> CInt in
                // A value may be empty, which no path is.
                unsafe CStringList.withPointers([Array(value.utf8)]) { list in
                    guard let value = unsafe list[0] else { return SystemCall.failing(EINVAL) as CInt }
                    return unsafe cl_set_environment(name, value)
                }
            }
        }
    }

    /// The time now.
    package static func now() -> Timestamp {
        let time = clock(CLOCK_REALTIME)
        return Timestamp(seconds: Int64(time.tv_sec), nanoseconds: UInt32(time.tv_nsec))
    }

    /// Nanoseconds on a clock that nobody sets, for measuring.
    package static func monotonicNanoseconds() -> UInt64 {
        let time = clock(CLOCK_MONOTONIC)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    /// Random bytes from the kernel.
    ///
    /// - Parameter count: How many.
    /// - Returns: The bytes.
    /// - Throws: `SystemError` of `getrandom`.
    package static func randomBytes(_ count: Int) throws(SystemError) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            let missing = count - bytes.count
            bytes += try unsafe SystemBuffer.fill(byteCount: missing) { buffer throws(SystemError) in
                try SystemCall.run("getrandom", "") { unsafe cl_getrandom(buffer.baseAddress, buffer.count) }
            }
        }
        return bytes
    }

    /// The mode bits that the process does not give to new files.
    ///
    /// Read from /proc, because `umask(2)` can only read by setting, which other threads would see.
    package static func fileModeMask() -> UInt16 {
        guard let text = ProcessStatus.current()?.field("Umask") else { return 0o022 }
        return UInt16(text, radix: 8) ?? 0o022
    }

    /// Whether a descriptor is a terminal.
    package static func isTerminal(_ descriptor: FileDescriptor) -> Bool { isatty(descriptor.rawValue) == 1 }

    /// How many columns a terminal has, or nil when it is none or does not say.
    package static func terminalColumnCount(_ descriptor: FileDescriptor) -> Int? {
        let count = cl_terminal_column_count(descriptor.rawValue)
        return count > 0 ? Int(count) : nil
    }

    private static func clock(_ id: clockid_t) -> timespec {
        var time = timespec()
        unsafe clock_gettime(id, &time)
        return time
    }

    private static let names = HostNames.read()
}
