/// Reads the argument of `--mount`: one record of `key[=value]`.
///
/// Source: docker/cli `opts/mount.go`, `Set`; contract 3.9.
struct MountSpecificationReader {
    private static let flags = ["readonly", "ro", "volume-nocopy", "bind-nonrecursive", "bind-create-src"]

    private let directory: String
    private let parseSize: (String) -> Int64?
    private var mount = MountSpecification()

    init(directory: String, parseSize: @escaping (String) -> Int64?) {
        self.directory = directory
        self.parseSize = parseSize
    }

    mutating func read(_ text: String) throws(MountError) -> MountSpecification {
        let text = Self.trimmed(text)
        guard !text.isEmpty else { throw MountError("value is empty") }
        for field in try CommaRecord.fields(text) { try take(field) }
        try check()
        return mount
    }

    private mutating func take(_ field: String) throws(MountError) {
        let equals = field.utf8.firstIndex(of: UInt8(ascii: "="))
        let name = String(field[..<(equals ?? field.endIndex)])
        guard Self.trimmed(name) == name else {
            throw MountError("invalid option '\(name)' in '\(field)': option should not have whitespace")
        }
        let key = name.lowercased()
        guard let equals else {
            guard Self.flags.contains(key) else {
                throw MountError("invalid field '\(field)' must be a key=value pair")
            }
            return try set(key, nil, in: field)
        }
        let value = String(field[field.utf8.index(after: equals)...])
        guard !Self.trimmed(value).isEmpty else {
            throw MountError("invalid value for '\(name)': value is empty")
        }
        guard Self.trimmed(value) == value else {
            throw MountError("invalid value for '\(name)' in '\(field)': value should not have whitespace")
        }
        try set(key, value, in: field)
    }

    private mutating func set(_ key: String, _ value: String?, in field: String) throws(MountError) {
        let text = value ?? ""
        switch key {
        case "type": mount.type = text.lowercased()
        case "source", "src":
            mount.source = text.hasPrefix(".") ? PathText.absolute(text, in: directory) : text
        case "target", "dst", "destination": mount.target = text
        case "readonly", "ro": mount.isReadOnly = try Self.flag(key, value)
        case "consistency": mount.consistency = text.lowercased()
        case _ where key.hasPrefix("bind-"): try setBind(key, value, in: field)
        case _ where key.hasPrefix("volume-"): try setVolume(key, value, in: field)
        case "image-subpath": mount.imageSubpath = text
        case "tmpfs-size":
            guard let size = parseSize(text), size >= 0 else { throw Self.badValue(key, text) }
            mount.tmpfs = mount.tmpfs ?? MountSpecification.Tmpfs()
            mount.tmpfs?.byteCount = size
        case "tmpfs-mode":
            guard text.utf8.allSatisfy({ $0 >= UInt8(ascii: "0") }), let mode = UInt32(text, radix: 8) else {
                throw Self.badValue(key, text)
            }
            mount.tmpfs = mount.tmpfs ?? MountSpecification.Tmpfs()
            mount.tmpfs?.mode = mode
        default: throw Self.unknown(key, in: field)
        }
    }

    private mutating func setBind(_ key: String, _ value: String?, in field: String) throws(MountError) {
        var bind = mount.bind ?? MountSpecification.Bind()
        switch key {
        case "bind-propagation": bind.propagation = (value ?? "").lowercased()
        case "bind-nonrecursive":
            throw MountError("bind-nonrecursive is deprecated, use bind-recursive=disabled instead")
        case "bind-recursive":
            guard let recursion = BindRecursion(rawValue: value ?? "") else {
                let known = #"(must be "enabled", "disabled", "writable", or "readonly")"#
                throw MountError("invalid value for \(key): \(value ?? "") \(known)")
            }
            // As with Docker: what is usual is not said, so that it may stand beside any type.
            if recursion == .enabled { return }
            bind.recursion = recursion
        case "bind-create-src": bind.createsSource = try Self.flag(key, value)
        default: throw Self.unknown(key, in: field)
        }
        mount.bind = bind
    }

    private mutating func setVolume(_ key: String, _ value: String?, in field: String) throws(MountError) {
        var volume = mount.volume ?? MountSpecification.Volume()
        switch key {
        case "volume-nocopy": volume.isCopyingDisabled = try Self.flag(key, value)
        case "volume-subpath": volume.subpath = value ?? ""
        case "volume-driver": volume.driver = value ?? ""
        case "volume-label": Self.note(value ?? "", in: &volume.labels)
        case "volume-opt": Self.note(value ?? "", in: &volume.options)
        default: throw Self.unknown(key, in: field)
        }
        mount.volume = volume
    }

    private func check() throws(MountError) {
        guard !mount.target.isEmpty else { throw MountError("target is required") }
        let families: [(name: String, isThere: Bool)] = [
            ("bind", mount.bind != nil), ("volume", mount.volume != nil), ("image", mount.imageSubpath != nil),
            ("tmpfs", mount.tmpfs != nil),
        ]
        for family in families where family.isThere && family.name != mount.type {
            throw MountError("cannot mix '\(family.name)-*' options with mount type '\(mount.type)'")
        }
        guard let bind = mount.bind, bind.recursion == .writable || bind.recursion == .readonly else { return }
        let option = "option 'bind-recursive=\(bind.recursion.rawValue)' requires"
        guard mount.isReadOnly else { throw MountError("\(option) 'readonly' to be specified in conjunction") }
        guard bind.recursion == .writable || bind.propagation == "rprivate" else {
            throw MountError("\(option) 'bind-propagation=rprivate' to be specified in conjunction")
        }
    }
}

extension MountSpecificationReader {
    private static func flag(_ key: String, _ value: String?) throws(MountError) -> Bool {
        switch value {
        case nil, "true", "1": return true
        case "false", "0": return false
        case .some(let value):
            let known = #"must be one of "true", "1", "false", or "0" (default "true")"#
            throw MountError("invalid value for '\(key)': invalid boolean value (\"\(value)\"): \(known)")
        }
    }

    /// A name without a value is empty; what has no name is nothing.
    private static func note(_ text: String, in texts: inout [String: String]) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let key = parts.first, !key.isEmpty else { return }
        texts[key] = parts.count > 1 ? parts[1] : ""
    }

    private static func badValue(_ key: String, _ value: String) -> MountError {
        MountError("invalid value for \(key): \(value)")
    }

    private static func unknown(_ key: String, in field: String) -> MountError {
        MountError("unknown option '\(key)' in '\(field)'")
    }

    private static func trimmed(_ text: String) -> String {
        let isSpace = { (scalar: Unicode.Scalar) in scalar.properties.isWhitespace }
        let scalars = text.unicodeScalars.drop(while: isSpace)
        guard let last = scalars.lastIndex(where: { !isSpace($0) }) else { return "" }
        return String(scalars[...last])
    }
}
