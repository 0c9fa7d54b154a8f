import LayerModel
import LayerSystem

/// Gives files the attributes that a layer says, as far as the disk takes them, and notes what it does not take.
///
/// Order on one file: owner, extended attributes, mode, times; each would spoil one of those before it.
struct AttributeSetter: Sendable {
    /// What the process is like.
    let settings: TreeSettings
    /// What was refused so far.
    private(set) var losses = CheckoutLosses()

    /// Prepares to set attributes.
    init(_ settings: TreeSettings) {
        self.settings = settings
        losses.isOrdinaryUser = settings.isOrdinaryUser
    }

    /// The bits that a new file is made with.
    func modeForCreation(_ mode: UInt16) -> UInt16 { mode & 0o777 | 0o600 }

    /// Sets the attributes of a file that was just made.
    ///
    /// - Parameters:
    ///   - attributes: What the layer says.
    ///   - file: A file made with `modeForCreation`.
    /// - Throws: `SystemError`.
    mutating func set(_ attributes: FileAttributes, of file: FileDescriptor) throws(SystemError) {
        let isGivenAway = try setOwner(attributes) { uid, gid throws(SystemError) in
            try file.setOwner(uid: uid, gid: gid)
        }
        for attribute in attributes.extendedAttributes {
            try set(attribute) { name, value throws(SystemError) in
                try file.setExtendedAttribute(name, value: value)
            }
        }
        let mode = Self.modeOnDisk(attributes.mode, .regular, isOrdinaryUser: settings.isOrdinaryUser)
        let isAsMade = mode == modeForCreation(attributes.mode) && mode & settings.umask == 0
        if isGivenAway || !isAsMade || !attributes.extendedAttributes.isEmpty { try file.setMode(mode) }
        try file.setTimes(attributes.modificationTime)
    }

    /// Sets the attributes of a directory in which nothing is made any more.
    mutating func set(_ attributes: FileAttributes, ofDirectory directory: Directory) throws(SystemError) {
        var attributes = attributes
        attributes.mode = Self.modeOnDisk(attributes.mode, .directory, isOrdinaryUser: settings.isOrdinaryUser)
        try set(exactly: attributes, ofDirectory: directory)
    }

    /// Sets the attributes of a directory in which nothing is made any more, the mode as it is given.
    mutating func set(exactly attributes: FileAttributes, ofDirectory directory: Directory) throws(SystemError) {
        _ = try setOwner(attributes) { uid, gid throws(SystemError) in
            try directory.setOwner(uid: uid, gid: gid)
        }
        for attribute in attributes.extendedAttributes {
            try note(attribute) { () throws(SystemError) in try directory.setExtendedAttribute(attribute) }
        }
        try directory.setMode(attributes.mode)
        try directory.setTimes(attributes.modificationTime)
    }

    /// Sets the attributes of a name that is neither regular file nor directory, without following it.
    mutating func set(
        _ attributes: FileAttributes,
        of name: UnsafePointer<CChar>,
        _ kind: EntryKind,
        in directory: DirectoryDescriptor
    ) throws(SystemError) {
        _ = try setOwner(attributes) { uid, gid throws(SystemError) in
            try directory.setOwner(name, uid: uid, gid: gid)
        }
        for attribute in attributes.extendedAttributes {
            try set(attribute) { key, value throws(SystemError) in
                try directory.setExtendedAttribute(key, value: value, of: name)
            }
        }
        if kind != .symbolicLink {
            let mode = Self.modeOnDisk(attributes.mode, kind, isOrdinaryUser: settings.isOrdinaryUser)
            try directory.setMode(name, mode)
        }
        try directory.setTimes(name, attributes.modificationTime)
    }

    /// The mode that a file of a checkout gets: its ordinary owner must be able to work with it.
    static func modeOnDisk(_ mode: UInt16, _ kind: EntryKind, isOrdinaryUser: Bool) -> UInt16 {
        guard isOrdinaryUser else { return mode }
        return mode | (kind == .directory ? 0o700 : 0o400)
    }

    /// Gives a file away; gives false where it stays with the one who made it.
    private mutating func setOwner(
        _ attributes: FileAttributes,
        _ body: (UInt32, UInt32) throws(SystemError) -> Void
    ) throws(SystemError) -> Bool {
        guard !settings.isOrdinaryUser, attributes.uid != settings.uid || attributes.gid != settings.gid else {
            return false
        }
        do throws(SystemError) {
            try body(attributes.uid, attributes.gid)
            return true
        } catch {
            guard error.isOwnerRefused else { throw error }
            losses.owners.insert(CheckoutLosses.Owner(uid: attributes.uid, gid: attributes.gid))
            return false
        }
    }

    private mutating func set(
        _ attribute: ExtendedAttribute,
        _ body: (UnsafePointer<CChar>, UnsafeRawBufferPointer) throws(SystemError) -> Void
    ) throws(SystemError) {
        try note(attribute) { () throws(SystemError) in try attribute.withCStrings(body) }
    }

    private mutating func note(
        _ attribute: ExtendedAttribute,
        _ body: () throws(SystemError) -> Void
    ) throws(SystemError) {
        do throws(SystemError) {
            try body()
        } catch {
            guard error.isNotPermitted || error.isNotSupported else { throw error }
            losses.attributes.insert(attribute.name)
        }
    }
}
