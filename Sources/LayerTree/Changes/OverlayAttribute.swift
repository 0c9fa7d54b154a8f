import LayerModel
import LayerSystem

/// What overlayfs and its kin say of a file by extended attributes.
///
/// Source: Linux `Documentation/filesystems/overlayfs.rst`, "Redirect directories", "Metadata only copy up", "Nesting overlayfs
/// mounts", "User xattr".
struct OverlayAttribute {
    private static let trusted = Array("trusted.overlay.".utf8)
    private static let user = Array("user.overlay.".utf8)
    /// fuse-overlayfs without privilege.
    private static let fuse = Array("user.fuseoverlayfs.".utf8)
    /// Stands behind the prefix of an attribute that is no word to overlayfs but content.
    private static let escape = Array("overlay.".utf8)

    /// Whether a directory hides all that lies below it in lower layers.
    private(set) var isOpaque = false
    /// Whether files in this directory may be whiteouts by an attribute.
    private(set) var holdsMarkedWhiteouts = false
    /// Whether a file is a whiteout if its directory says that there are such.
    private(set) var isMarkedWhiteout = false
    /// Whether a directory was copied up, or holds whiteouts: overlayfs looks for such only there.
    private(set) var hasOrigin = false
    /// Whether only the attributes of a file were copied up: its content is that of the lower file.
    private(set) var isMetadataOnly = false
    /// Where a directory, or the content of a file, stands in the lower layers: a name, or a path from the root.
    private(set) var redirect: [UInt8]?
    /// The attributes that are content.
    private(set) var content: [ExtendedAttribute] = []

    /// Sorts the attributes of one file.
    ///
    /// - Parameters:
    ///   - attributes: All that the file system shows.
    ///   - namespaces: Whose word counts.
    init(_ attributes: [ExtendedAttribute], _ namespaces: UpperForm.Namespaces) {
        for attribute in attributes {
            if let key = Self.key(of: attribute.name, namespaces) {
                take(key, attribute.value)
            } else if let name = Self.unescaped(attribute.name) {
                content.append(ExtendedAttribute(name: name, value: attribute.value))
            } else if XattrPolicy.isKept(attribute.name) {
                content.append(attribute)
            }
        }
    }

    /// Reads what the attributes of a name say: values that say nothing here are not asked for.
    ///
    /// - Parameters:
    ///   - name: One component.
    ///   - directory: The directory that it lies in.
    ///   - namespaces: Whose word counts.
    /// - Throws: `SystemError`.
    init(of name: [UInt8], in directory: Directory, _ namespaces: UpperForm.Namespaces) throws(SystemError) {
        self.init([], namespaces)
        for attribute in try directory.extendedAttributeNames(of: name) {
            if let key = Self.key(of: attribute, namespaces) {
                let needsValue = key.elementsEqual("opaque".utf8) || key.elementsEqual("redirect".utf8)
                take(key, needsValue ? try directory.extendedAttribute(attribute, of: name) ?? [] : [])
                continue
            }
            guard let own = Self.unescaped(attribute) ?? (XattrPolicy.isKept(attribute) ? attribute : nil),
                let value = try directory.extendedAttribute(attribute, of: name)
            else { continue }
            content.append(ExtendedAttribute(name: own, value: value))
        }
    }

    /// Whether an attribute is a word to overlayfs, which a copy of the file must not repeat.
    static func isWord(_ name: [UInt8]) -> Bool { key(of: name, [.trusted, .user]) != nil }

    /// Whether an attribute of a layer's tree would be taken for a word of overlayfs, or for content that only looks like one; an origin
    /// says nothing in a lower directory.
    static func isMisplaced(_ name: [UInt8]) -> Bool {
        if let key = key(of: name, .all) { return !key.elementsEqual("origin".utf8) }
        return unescaped(name) != nil
    }

    /// Says that files in this directory may be whiteouts by an attribute.
    mutating func noteMarkedWhiteouts() { holdsMarkedWhiteouts = true }

    private mutating func take(_ key: ArraySlice<UInt8>, _ value: [UInt8]) {
        if key.elementsEqual("opaque".utf8) {
            isOpaque = value.elementsEqual("y".utf8)
            holdsMarkedWhiteouts = value.elementsEqual("x".utf8)
        } else if key.elementsEqual("whiteout".utf8) {
            isMarkedWhiteout = true
        } else if key.elementsEqual("metacopy".utf8) {
            isMetadataOnly = true
        } else if key.elementsEqual("origin".utf8) {
            hasOrigin = true
        } else if key.elementsEqual("redirect".utf8) {
            redirect = value
        }
    }

    /// What an attribute says to overlayfs, without the prefix; nil for one that says nothing to it.
    private static func key(of name: [UInt8], _ namespaces: UpperForm.Namespaces) -> ArraySlice<UInt8>? {
        let count: Int
        if namespaces.contains(.trusted), name.starts(with: trusted) {
            count = trusted.count
        } else if namespaces.contains(.user), name.starts(with: user) {
            count = user.count
        } else if namespaces.contains(.user), name.starts(with: fuse) {
            count = fuse.count
        } else {
            return nil
        }
        let key = name[count...]
        return key.starts(with: escape) ? nil : key
    }

    /// The name that an escaped attribute has in the merged tree.
    private static func unescaped(_ name: [UInt8]) -> [UInt8]? {
        for prefix in [trusted, user] where name.starts(with: prefix + escape) {
            return prefix + name[(prefix.count + escape.count)...]
        }
        return nil
    }
}
