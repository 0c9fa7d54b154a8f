/// A word of EXPOSE: `80`, `53/udp`, `8000-8002`, or with a host's part, `[ip:][hostPort:]port`, which is checked and dropped.
///
/// `80/tcp/udp` and `80-81-82`, of which Docker 20.10 drops the end, are refused as its successors do.
///
/// Source: docker/go-connections `nat/nat.go` (`ParsePortSpec`).
struct PortSpecification {
    private static let transports: Set<String> = ["tcp", "udp", "sctp"]

    private let ports: ClosedRange<UInt16>
    private let transport: String

    /// The ports as the config names them, `80/tcp`.
    var names: [String] { ports.map { "\($0)/\(transport)" } }

    init(parsing text: String) throws(ChangeError.Reason) {
        let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        let (container, transport) = Self.splitTransport(parts.last ?? text.utf8[...])
        try Self.checkAddress(text.utf8[..<(parts.dropLast().last?.startIndex ?? text.startIndex)])
        guard !container.isEmpty else { throw .noPort(text) }
        guard let ports = Self.range(container) else { throw .port(Self.text(container)) }
        if let host = parts.dropLast().last, !host.isEmpty {
            guard let hostPorts = Self.range(host) else { throw .hostPort(Self.text(host)) }
            // A host may lend one of many ports to one, but many need as many.
            guard ports.count == 1 || ports.count == hostPorts.count else {
                throw .portRanges(Self.text(container), Self.text(host))
            }
        }
        guard Self.transports.contains(transport.lowercased()) else { throw .transport(transport) }
        self.ports = ports
        self.transport = transport.lowercased()
    }

    /// Parts `80/udp`; what names no transport is tcp.
    private static func splitTransport(_ text: Substring.UTF8View) -> (port: Substring.UTF8View, transport: String) {
        let port = text.prefix { $0 != UInt8(ascii: "/") }
        let transport = String(Substring(text[port.endIndex...].dropFirst()))
        return (port, transport.isEmpty ? "tcp" : transport)
    }

    /// Reads `80` or `80-82`.
    private static func range(_ text: Substring.UTF8View) -> ClosedRange<UInt16>? {
        let first = text.prefix { $0 != UInt8(ascii: "-") }
        guard let start = number(first) else { return nil }
        guard first.endIndex < text.endIndex else { return start...start }
        guard let end = number(text[first.endIndex...].dropFirst()), start <= end else { return nil }
        return start...end
    }

    private static func number(_ text: Substring.UTF8View) -> UInt16? {
        // Swift takes a sign, Docker does not.
        guard text.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
        return UInt16(Substring(text))
    }

    /// Checks the address and the colon behind it, both of which may be missing.
    private static func checkAddress(_ part: Substring.UTF8View) throws(ChangeError.Reason) {
        guard !part.isEmpty else { return }
        let address = part.dropLast()
        let hasBrackets = address.first == UInt8(ascii: "[") && address.last == UInt8(ascii: "]")
        let bare = hasBrackets ? address.dropFirst().dropLast() : address
        // Without brackets nobody could tell the colons of an address from the one before a port.
        let isAddress = hasBrackets ? IPAddressSyntax.isAddress(bare) : bare.isEmpty || IPAddressSyntax.isVersion4(bare)
        guard isAddress else { throw .address(text(bare)) }
    }

    private static func text(_ bytes: Substring.UTF8View) -> String { String(Substring(bytes)) }
}
