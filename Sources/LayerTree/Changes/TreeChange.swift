package import LayerModel
package import LayerSystem

/// One name that a read-write layer changes, as against the layers below it.
package struct TreeChange: Sendable {
    /// What happened to the name.
    ///
    /// The raw values are what `docker diff` prints (contract 3.3).
    package enum Kind: String, Sendable {
        case added = "A"
        case changed = "C"
        case deleted = "D"
    }

    /// What stood at a name before.
    package struct Former: Hashable, Sendable {
        /// What it was.
        package let kind: EntryKind
        /// The length of a regular file, in bytes.
        package let byteCount: Int64
    }

    /// Where the content of a file is.
    package enum ContentPlace: Hashable, Sendable {
        /// In the read-write layer itself.
        case upper
        /// In a layer below: the file was renamed, or only its attributes were changed.
        case lower(LowerStack.Reference)
    }

    /// What happened.
    package let kind: Kind
    /// The name.
    package let path: LayerPath
    /// What stands there now; for a deleted name what stood there.
    ///
    /// A further name of a file is of that file's kind, never `hardLink`.
    package let entryKind: EntryKind
    /// The attributes that the layer is to have; those of a deleted name mean nothing.
    package var attributes = FileAttributes(mode: 0)
    /// The length of a regular file, in bytes.
    package var byteCount: Int64 = 0
    /// The target of a symbolic link.
    package var target: [UInt8] = []
    /// The number of a device.
    package var device = DeviceNumber(major: 0, minor: 0)
    /// Which file it is, where it has several names.
    package var link: FileIdentity?
    /// Where the content is.
    package var content = ContentPlace.upper
    /// What stood there before.
    package var former: Former?
    /// How many components the path has.
    package let depth: Int
    /// Whether it is listed only if something below it is.
    var isOnlyParent = false
    /// Whether it is there only because another name of its file changed: no `diff` shows that.
    var isOnlyLink = false
    /// Whether `diff` lists it.
    package internal(set) var isListed = true

    init(_ kind: Kind, _ path: LayerPath, _ entryKind: EntryKind, depth: Int) {
        self.kind = kind
        self.path = path
        self.entryKind = entryKind
        self.depth = depth
    }
}

extension TreeChange {
    /// Whether all of it is as one of the lower layers has it: its attributes as well as its content.
    ///
    /// Of a file whose attributes alone were copied up the content is that of a lower one, but never the identity.
    var isWhollyLower: Bool {
        guard case .lower(let reference) = content else { return false }
        return entryKind == .directory || link?.device == reference.linkDevice
    }
}

extension LowerStack.Reference {
    /// Stands for the device in the identity of a lower file: no device has such a number.
    var linkDevice: UInt64 { UInt64.max - UInt64(layer) }
}
