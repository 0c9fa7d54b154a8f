import LayerModel
import LayerSystem

extension OwnerRule {
    /// Gives an open directory itself attributes, in the order in which none takes another away.
    ///
    /// - Parameters:
    ///   - change: The attributes.
    ///   - directory: The directory.
    /// - Throws: `SystemError`; what the disk refuses to a user who is not root is passed over.
    func apply(_ change: AttributeChange, toItself directory: Directory) throws(SystemError) {
        let status = try directory.status()
        let uid = change.uid.map { !isExact && $0 == 0 ? ownUserID : $0 } ?? status.uid
        let gid = change.gid.map { !isExact && $0 == 0 ? ownGroupID : $0 } ?? status.gid
        if uid != status.uid || gid != status.gid, uid != .max, gid != .max {
            do throws(SystemError) {
                try directory.setOwner(uid: uid, gid: gid)
            } catch {
                guard !isExact, error.isOwnerRefused else { throw error }
            }
        }
        for attribute in change.extendedAttributes where XattrPolicy.isKept(attribute.name) {
            do throws(SystemError) {
                try directory.setExtendedAttribute(attribute)
            } catch {
                guard error.isNotSupported || error.isNotPermitted && !isExact else { throw error }
            }
        }
        for attribute in change.removedAttributes where XattrPolicy.isKept(attribute) {
            do throws(SystemError) {
                try directory.removeExtendedAttribute(attribute)
            } catch {
                guard error.isNoAttribute else { throw error }
            }
        }
        if let mode = change.mode { try directory.setMode(keepsReadable ? mode | 0o500 : mode) }
        if let time = change.modificationTime { try directory.setTimes(time) }
    }
}
