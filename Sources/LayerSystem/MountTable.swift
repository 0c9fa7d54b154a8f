internal import Glibc
internal import LayerModel

/// The mounts that a process sees.
package struct MountTable: Sendable {
    /// The mounts in the order in which the kernel lists them: a later one covers an earlier one at the same place.
    package let entries: [MountEntry]

    /// Reads the text of a `mountinfo` file.
    ///
    /// - Parameter bytes: The whole text.
    /// - Throws: `MountTableError` that names the line.
    package init(parsing bytes: some Collection<UInt8>) throws(MountTableError) {
        var entries: [MountEntry] = []
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() where !line.isEmpty {
            guard let entry = Self.parse(Array(line)) else { throw .malformedLine(index + 1) }
            entries.append(entry)
        }
        self.entries = entries
    }

    /// Reads the mounts that the calling thread sees: mostly those of its process.
    ///
    /// - Returns: The table.
    /// - Throws: `SystemError` when /proc cannot be read, or `MountTableError`.
    package static func current() throws -> MountTable {
        try MountTable(parsing: text(of: "thread-self"))
    }

    /// Reads the mounts that another process sees.
    ///
    /// - Parameter processID: The process' number.
    /// - Returns: The table.
    /// - Throws: `SystemError` when there is no such process, or `MountTableError`.
    package static func current(of processID: Int32) throws -> MountTable {
        try MountTable(parsing: text(of: String(processID)))
    }

    /// Reads the mounts that another process sees, if it lives.
    ///
    /// A process that has ended but was not waited for is there still, without a mount namespace: the kernel then says EINVAL.
    ///
    /// - Parameter processID: The process' number.
    /// - Returns: The table; nil for a process that has ended.
    /// - Throws: `SystemError`, or `MountTableError`.
    package static func currentIfAlive(of processID: Int32) throws -> MountTable? {
        do {
            return try current(of: processID)
        } catch let error as SystemError {
            guard error.isNotFound || error.isInvalid || error.code == ESRCH else { throw error }
            return nil
        }
    }

    /// The text that the kernel writes for a process: a line of a mount with 500 layers alone may have 60 KB.
    static func text(of process: String) throws(SystemError) -> [UInt8] {
        try HostFile.content("/proc/\(process)/mountinfo", byteLimit: 64 << 20)
    }

    /// The mount that is shown at a place, or nil when none is.
    ///
    /// - Parameter mountPoint: The place, as an absolute path without links.
    /// - Returns: The mount on top.
    package func entry(at mountPoint: [UInt8]) -> MountEntry? {
        entries.last { $0.mountPoint == mountPoint }
    }

    /// One line: `36 35 98:0 /root /mount options tags… - type source options`.
    private static func parse(_ line: [UInt8]) -> MountEntry? {
        let fields = line.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
            .map { Array($0) }
        guard fields.count >= 10, let dash = fields.dropFirst(6).firstIndex(of: [UInt8(ascii: "-")]),
            fields.count == dash + 4,
            let id = number(fields[0]), let parentID = number(fields[1]), let device = deviceNumber(fields[2])
        else { return nil }
        return MountEntry(
            id: id,
            parentID: parentID,
            device: device,
            root: unescape(fields[3]),
            mountPoint: unescape(fields[4]),
            options: fields[5],
            propagation: Array(fields[6..<dash]),
            typeName: unescape(fields[dash + 1]),
            source: unescape(fields[dash + 2]),
            fileSystemOptions: unescape(fields[dash + 3])
        )
    }

    /// A number without a sign, which `Int` would take.
    private static func number(_ field: some Collection<UInt8>, radix: Int = 10) -> Int? {
        guard field.first != UInt8(ascii: "+"), field.first != UInt8(ascii: "-") else { return nil }
        return Int(String(decoding: field, as: UTF8.self), radix: radix)
    }

    private static func deviceNumber(_ field: [UInt8]) -> DeviceNumber? {
        let parts = field.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count == 2, let major = number(parts[0]), let minor = number(parts[1]),
            let major = UInt32(exactly: major), let minor = UInt32(exactly: minor)
        else { return nil }
        return DeviceNumber(major: major, minor: minor)
    }

    /// Takes back the kernel's escapes: a backslash and three octal digits stand for blank, tab, newline, backslash and the like.
    private static func unescape(_ field: [UInt8]) -> [UInt8] {
        guard field.contains(UInt8(ascii: "\\")) else { return field }
        var bytes: [UInt8] = []
        var rest = field[...]
        while let first = rest.first {
            let digits = rest.dropFirst().prefix(3)
            if first == UInt8(ascii: "\\"), digits.count == 3,
                let value = number(digits, radix: 8), let byte = UInt8(exactly: value)
            {
                bytes.append(byte)
                rest = rest.dropFirst(4)
            } else {
                bytes.append(first)
                rest = rest.dropFirst()
            }
        }
        return bytes
    }
}
