internal import Glibc

/// The numbers of signals on this machine.
///
/// Source: `man 7 signal`.
package enum SignalNumber {
    private static let numbers: [String: Int32] = [
        "ABRT": SIGABRT, "ALRM": SIGALRM, "BUS": SIGBUS, "CHLD": SIGCHLD, "CONT": SIGCONT, "FPE": SIGFPE, "HUP": SIGHUP,
        "ILL": SIGILL, "INT": SIGINT, "IO": SIGIO, "KILL": SIGKILL, "PIPE": SIGPIPE, "PROF": SIGPROF, "PWR": SIGPWR,
        "QUIT": SIGQUIT, "SEGV": SIGSEGV, "STOP": SIGSTOP, "SYS": SIGSYS, "TERM": SIGTERM, "TRAP": SIGTRAP,
        "TSTP": SIGTSTP, "TTIN": SIGTTIN, "TTOU": SIGTTOU, "URG": SIGURG, "USR1": SIGUSR1, "USR2": SIGUSR2,
        "VTALRM": SIGVTALRM, "WINCH": SIGWINCH, "XCPU": SIGXCPU, "XFSZ": SIGXFSZ, "RTMIN": 34, "RTMAX": 64,
    ]
    /// What ends a process at once.
    package static let kill = SIGKILL
    /// What asks a process to end.
    package static let terminate = SIGTERM

    /// The number of a signal.
    ///
    /// - Parameter text: A name in any case, with `SIG` or without, or a number.
    /// - Returns: The number; nil for what names none.
    package static func number(of text: String) -> Int32? {
        if let number = Int32(text) { return (1...64).contains(number) ? number : nil }
        let capitals = text.uppercased()
        let name = capitals.hasPrefix("SIG") ? String(capitals.dropFirst(3)) : capitals
        if let number = numbers[name] { return number }
        for (base, sign, start) in [("RTMIN+", Int32(1), Int32(34)), ("RTMAX-", -1, 64)] where name.hasPrefix(base) {
            guard let offset = Int32(name.dropFirst(base.count)), (0...15).contains(offset) else { return nil }
            return start + sign * offset
        }
        return nil
    }
}
