import LayerModel
import LayerSystem

/// Whose numbers stand on the disk for the owners that a container sees.
package struct OwnerRule: Sendable {
    /// Whether owners on disk are those of the container: this process is root.
    package let isExact: Bool
    /// The user on whose disk number stands for root.
    package let ownUserID: UInt32
    /// That user's group.
    package let ownGroupID: UInt32
    /// Whether files must stay readable for the user who has the store.
    package let keepsReadable: Bool

    /// Owners as a read-write layer of that form has them.
    package init(_ form: UpperForm) {
        isExact = form.hasExactOwners
        ownUserID = form.ownUserID
        ownGroupID = form.ownGroupID
        keepsReadable = !form.hasExactOwners && form.ownUserID != 0
    }

    /// Owners as the host has them.
    ///
    /// - Parameter isRoot: Whether this process may give files away.
    package init(host isRoot: Bool) {
        isExact = isRoot
        ownUserID = .max
        ownGroupID = .max
        keepsReadable = false
    }

    /// The number that the container sees.
    func containerUser(_ uid: UInt32) -> UInt32 { !isExact && uid == ownUserID ? 0 : uid }

    /// The number that the container sees.
    func containerGroup(_ gid: UInt32) -> UInt32 { !isExact && gid == ownGroupID ? 0 : gid }

    /// Gives a file attributes, in the order in which none takes another away: owner, extended attributes, mode, time.
    ///
    /// - Parameters:
    ///   - change: The attributes.
    ///   - name: The file, one component; links are not followed.
    ///   - kind: What the file is.
    ///   - directory: Where it stands.
    /// - Throws: `SystemError`; what the disk refuses to a user who is not root is passed over.
    func apply(
        _ change: AttributeChange,
        to name: some PathBytes,
        _ kind: EntryKind,
        in directory: Directory
    ) throws(SystemError) {
        try setOwner(change, of: name, in: directory)
        for attribute in change.extendedAttributes where XattrPolicy.isKept(attribute.name) {
            do throws(SystemError) {
                try directory.setExtendedAttribute(attribute, of: name)
            } catch {
                guard error.isNotSupported || error.isNotPermitted && (!isExact || kind == .symbolicLink) else {
                    throw error
                }
            }
        }
        for attribute in change.removedAttributes where XattrPolicy.isKept(attribute) {
            do throws(SystemError) {
                try directory.removeExtendedAttribute(attribute, of: name)
            } catch {
                guard error.isNoAttribute else { throw error }
            }
        }
        if let mode = change.mode, kind != .symbolicLink {
            try directory.setMode(name, keepsReadable ? mode | (kind == .directory ? 0o500 : 0o400) : mode)
        }
        if let time = change.modificationTime { try directory.setTimes(name, time) }
    }

    private func setOwner(
        _ change: AttributeChange,
        of name: some PathBytes,
        in directory: Directory
    ) throws(SystemError) {
        guard change.uid != nil || change.gid != nil else { return }
        let status = try directory.status(name)
        let uid = change.uid.map { !isExact && $0 == 0 && ownUserID != .max ? ownUserID : $0 } ?? status.uid
        let gid = change.gid.map { !isExact && $0 == 0 && ownGroupID != .max ? ownGroupID : $0 } ?? status.gid
        guard uid != status.uid || gid != status.gid else { return }
        do throws(SystemError) {
            try directory.setOwner(name, uid: uid, gid: gid)
        } catch {
            guard !isExact, error.isOwnerRefused else { throw error }
        }
    }
}
