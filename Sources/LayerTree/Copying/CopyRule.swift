package import LayerModel

/// Which attributes a copy gets.
package struct CopyRule: Sendable {
    /// Whose a copy is.
    package enum Owners: Sendable {
        /// Root's.
        case root
        /// Whose the original is.
        case kept
        /// The user's who copies.
        case invoker
    }

    /// Whose a copy is.
    package let owners: Owners
    /// Whether a copy has the extended attributes of its original.
    package let keepsExtendedAttributes: Bool

    /// Makes a rule.
    package init(owners: Owners, keepsExtendedAttributes: Bool) {
        self.owners = owners
        self.keepsExtendedAttributes = keepsExtendedAttributes
    }

    /// The attributes of a copy: mode and time are always those of the original.
    ///
    /// A file that becomes somebody else's on the host loses setuid and setgid: a program of a container would run as root there
    /// because root has copied it.
    ///
    /// - Parameters:
    ///   - kind: What is copied.
    ///   - attributes: The original's.
    /// - Returns: The copy's.
    package func change(_ kind: EntryKind, _ attributes: FileAttributes) -> AttributeChange {
        var change = AttributeChange(attributes)
        switch owners {
        case .kept: break
        case .root: (change.uid, change.gid) = (0, 0)
        case .invoker:
            (change.uid, change.gid) = (nil, nil)
            if kind != .directory { change.mode = attributes.mode & 0o1777 }
        }
        if !keepsExtendedAttributes { change.extendedAttributes = [] }
        return change
    }
}
