package import LayerModel

/// Makes tars byte by byte, independent of the reader under test: ustar headers, PAX records where ustar cannot say it.
package struct TarBuilder {
    /// The archive so far.
    package private(set) var bytes: [UInt8] = []

    /// Starts an empty archive.
    package init() {}

    /// Makes the tar of a layer.
    package static func tar(_ entries: [LayerEntry], isEnded: Bool = true) -> [UInt8] {
        var builder = TarBuilder()
        for entry in entries { builder.add(entry) }
        if isEnded { builder.end() }
        return builder.bytes
    }

    /// Adds an entry.
    package mutating func add(_ entry: LayerEntry) {
        var name = entry.path.isRoot ? Array("./".utf8) : entry.path.bytes
        if entry.kind == .directory, !entry.path.isRoot { name.append(UInt8(ascii: "/")) }
        add(
            name: name,
            typeFlag: UInt8(ascii: "0") + (entry.kind == .fifo ? 6 : entry.kind.rawValue),
            attributes: entry.attributes,
            content: entry.kind == .regular ? entry.content : [],
            link: entry.kind == .hardLink ? entry.linkedPath.bytes : entry.target,
            device: entry.device
        )
    }

    /// Adds an entry of which everything is given as it is to stand in the header.
    package mutating func add(
        name: [UInt8],
        typeFlag: UInt8 = UInt8(ascii: "0"),
        attributes: FileAttributes = FileAttributes(mode: 0o644),
        content: [UInt8] = [],
        link: [UInt8] = [],
        device: DeviceNumber = DeviceNumber(major: 0, minor: 0)
    ) {
        var records: [(String, [UInt8])] = []
        if name.count > 100 { records.append(("path", name)) }
        if link.count > 100 { records.append(("linkpath", link)) }
        let time = attributes.modificationTime
        if time.nanoseconds != 0 || time.seconds < 0 {
            records.append(("mtime", Array(Self.decimal(time).utf8)))
        }
        if attributes.uid > 0o7777777 { records.append(("uid", Array("\(attributes.uid)".utf8))) }
        if attributes.gid > 0o7777777 { records.append(("gid", Array("\(attributes.gid)".utf8))) }
        for attribute in attributes.extendedAttributes {
            records.append(("SCHILY.xattr." + String(decoding: attribute.name, as: UTF8.self), attribute.value))
        }
        if !records.isEmpty {
            let body = records.flatMap { Self.record($0.0, $0.1) }
            appendHeader(Array("PaxHeaders/x".utf8), UInt8(ascii: "x"), FileAttributes(mode: 0o644), body.count, [])
            appendBody(body)
        }
        appendHeader(name, typeFlag, attributes, content.count, link, device)
        appendBody(content)
    }

    /// Adds the two blocks of zeros that end an archive.
    package mutating func end() {
        bytes.append(contentsOf: [UInt8](repeating: 0, count: 1024))
    }

    /// Adds bytes as they are.
    package mutating func addRaw(_ raw: [UInt8]) {
        bytes.append(contentsOf: raw)
    }

    private static func decimal(_ time: Timestamp) -> String {
        var seconds = time.seconds
        var nanoseconds = Int64(time.nanoseconds)
        let isNegative = seconds < 0
        if isNegative, nanoseconds > 0 {
            seconds += 1
            nanoseconds = 1_000_000_000 - nanoseconds
        }
        let fraction = String(1_000_000_000 + nanoseconds).dropFirst()
        return "\(isNegative && seconds == 0 ? "-" : "")\(seconds).\(fraction)"
    }

    private static func record(_ key: String, _ value: [UInt8]) -> [UInt8] {
        let rest = Array(" \(key)=".utf8) + value + [UInt8(ascii: "\n")]
        var length = rest.count + 1
        while String(length).utf8.count + rest.count != length { length = String(length).utf8.count + rest.count }
        return Array(String(length).utf8) + rest
    }

    private mutating func appendHeader(
        _ name: [UInt8],
        _ typeFlag: UInt8,
        _ attributes: FileAttributes,
        _ byteCount: Int,
        _ link: [UInt8],
        _ device: DeviceNumber = DeviceNumber(major: 0, minor: 0)
    ) {
        var header = [UInt8](repeating: 0, count: 512)
        func put(_ field: some Collection<UInt8>, at offset: Int, limit: Int) {
            for (index, byte) in field.prefix(limit).enumerated() { header[offset + index] = byte }
        }
        func octal(_ value: UInt64, at offset: Int, digits: Int) {
            let text = String(value, radix: 8).suffix(digits)
            let zeros = String(repeating: "0", count: digits - text.count)
            put(Array((zeros + text).utf8), at: offset, limit: digits)
        }
        put(name, at: 0, limit: 100)
        octal(UInt64(attributes.mode), at: 100, digits: 7)
        octal(UInt64(attributes.uid & 0o7777777), at: 108, digits: 7)
        octal(UInt64(attributes.gid & 0o7777777), at: 116, digits: 7)
        octal(UInt64(byteCount), at: 124, digits: 11)
        octal(UInt64(max(0, min(attributes.modificationTime.seconds, 0o77777777777))), at: 136, digits: 11)
        header[156] = typeFlag
        put(link, at: 157, limit: 100)
        put(Array("ustar\u{0}00".utf8), at: 257, limit: 8)
        octal(UInt64(device.major), at: 329, digits: 7)
        octal(UInt64(device.minor), at: 337, digits: 7)
        put([UInt8](repeating: UInt8(ascii: " "), count: 8), at: 148, limit: 8)
        let sum = header.reduce(0) { $0 + UInt64($1) }
        octal(sum, at: 148, digits: 6)
        header[154] = 0
        bytes.append(contentsOf: header)
    }

    private mutating func appendBody(_ body: [UInt8]) {
        bytes.append(contentsOf: body)
        bytes.append(contentsOf: [UInt8](repeating: 0, count: (512 - body.count % 512) % 512))
    }
}
