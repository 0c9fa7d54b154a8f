/// The signals of Linux by name and number, as STOPSIGNAL takes them.
///
/// Source: `man 7 signal`; moby/sys `signal/signal_linux.go`.
package enum SignalName {
    private static let names: Set<String> = [
        "ABRT", "ALRM", "BUS", "CHLD", "CLD", "CONT", "FPE", "HUP", "ILL", "INT", "IO", "IOT", "KILL", "PIPE", "POLL",
        "PROF", "PWR", "QUIT", "SEGV", "STKFLT", "STOP", "SYS", "TERM", "TRAP", "TSTP", "TTIN", "TTOU", "URG", "USR1",
        "USR2", "VTALRM", "WINCH", "XCPU", "XFSZ", "RTMIN", "RTMAX",
    ]

    /// Whether a text names a signal: a number from 1 to 64, or a name in any case, with `SIG` before it or without.
    ///
    /// Real-time signals are `RTMIN`, `RTMIN+1` to `RTMIN+15`, `RTMAX-14` to `RTMAX-1` and `RTMAX`.
    ///
    /// - Parameter text: What a user wrote.
    /// - Returns: Whether it is one.
    package static func isKnown(_ text: String) -> Bool {
        if let number = number(text) { return (1...64).contains(number) }
        let capitals = text.uppercased()
        let name = capitals.hasPrefix("SIG") ? capitals.dropFirst(3) : capitals[...]
        if names.contains(String(name)) { return true }
        if name.hasPrefix("RTMIN+"), let offset = number(name.dropFirst(6)) { return (1...15).contains(offset) }
        if name.hasPrefix("RTMAX-"), let offset = number(name.dropFirst(6)) { return (1...14).contains(offset) }
        return false
    }

    private static func number(_ text: some StringProtocol) -> Int? {
        guard let first = text.utf8.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else { return nil }
        return Int(text)
    }
}
