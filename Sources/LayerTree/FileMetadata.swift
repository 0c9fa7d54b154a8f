import LayerModel
import LayerSystem

/// What a new file gets beside its content and its extended attributes: owner, mode and times, each only where it is not right already.
struct FileMetadata {
    /// Whom it is to belong to; nil when it does already, or is not to.
    let owner: (uid: UInt32, gid: UInt32)?
    /// Its mode; nil when it was made with it.
    let mode: UInt16?
    /// Both its times.
    let time: Timestamp

    /// Sets the owner, which clears setuid, setgid and capabilities: to be done first.
    ///
    /// - Returns: Whether it was refused.
    /// - Throws: `SystemError` of `fchown`.
    func setOwner(of file: FileDescriptor) throws(SystemError) -> Bool {
        guard let owner else { return false }
        do throws(SystemError) {
            try file.setOwner(uid: owner.uid, gid: owner.gid)
            return false
        } catch  where error.isOwnerRefused {
            return true
        }
    }

    /// Sets the mode, and the times last.
    ///
    /// - Throws: `SystemError` of `fchmod` or `futimens`.
    func setModeAndTimes(of file: FileDescriptor) throws(SystemError) {
        if let mode { try file.setMode(mode) }
        try file.setTimes(time)
    }
}
