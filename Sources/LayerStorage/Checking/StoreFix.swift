import LayerSystem

/// A fault that can be put right with what is at hand.
struct StoreFix: Sendable {
    /// What is to be done.
    enum Action: Sendable {
        /// A name is to have these permission bits.
        case mode([UInt8], Directory, UInt16)
        /// A name is to belong to this user; its group stays.
        case owner([UInt8], Directory, UInt32, UInt32)
        /// The record of the layout's version is to be written anew.
        case format
        /// The record of a name is to be moved out of the way.
        case name([String])
    }

    /// The fault.
    let finding: StoreFinding
    /// What is to be done.
    let action: Action
}

extension StoreInspection {
    /// Puts right what can be without an archive.
    ///
    /// - Returns: What was put right; of a name, what is to be typed to have it again.
    /// - Throws: `SystemError`.
    package func applyFixes() throws -> [(finding: StoreFinding, advice: String?)] {
        var done: [(finding: StoreFinding, advice: String?)] = []
        for fix in fixes {
            switch fix.action {
            case .mode(let name, let directory, let mode): try directory.setMode(name, mode)
            case .owner(let name, let directory, let uid, let gid):
                do throws(SystemError) {
                    try directory.setOwner(name, uid: uid, gid: gid)
                } catch {
                    // Only root gives files away: the next check says it again.
                    guard error.isOwnerRefused else { throw error }
                    continue
                }
            case .format: try StoreLayout.writeFormat(in: root)
            case .name(let place): guard try store.discardDamagedName(at: place) else { continue }
            }
            if case .name = fix.action {
                done.append((fix.finding, fix.finding.remedy))
            } else {
                done.append((fix.finding, nil))
            }
        }
        return done
    }
}

extension LayerStore {
    /// Moves the record of a name into the trash if it is damaged still.
    fileprivate func discardDamagedName(at place: [String]) throws -> Bool {
        let names = try existingRoot().open(StoreLayout.names)
        let lock = try names.lock(.exclusive)
        defer { withExtendedLifetime(lock) {} }
        var isDamaged = false
        try forEachName { other, found in
            if case .damaged = found, other == place { isDamaged = true }
        }
        return try isDamaged && discard([StoreLayout.names] + place) != nil
    }
}
