internal import CLinux
internal import Glibc

/// What the kernel says of itself and of the machine.
///
/// Source: `man 2 uname`.
struct HostNames: Sendable {
    let machine: String
    let release: String

    /// Asks the kernel; the names are empty in the case, which `uname` does not have, that it fails.
    static func read() -> HostNames {
        let length = cl_uname_byte_count
        return unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 3 * length) { buffer in
            unsafe buffer.initialize(repeating: 0)
            guard let system = buffer.baseAddress else { return HostNames(machine: "", release: "") }
            let release = unsafe system + length
            let machine = unsafe release + length
            guard unsafe cl_uname(system, release, machine) == 0 else { return HostNames(machine: "", release: "") }
            return unsafe HostNames(machine: String(cString: machine), release: String(cString: release))
        }
    }

    /// The machine in Go's words.
    ///
    /// Source: `go tool dist list` and the names of the kernel's `uname -m`.
    var architecture: String {
        switch machine {
        case "x86_64", "amd64": "amd64"
        case "i386", "i486", "i586", "i686": "386"
        case "aarch64", "arm64": "arm64"
        case "armv5tel", "armv5tejl", "armv6l", "armv7l", "armv8l": "arm"
        case "ppc64le": "ppc64le"
        case "ppc64": "ppc64"
        case "s390x": "s390x"
        case "riscv64": "riscv64"
        case "loongarch64": "loong64"
        case "mips64": "mips64le"
        case "mips": "mipsle"
        default: machine
        }
    }
}
