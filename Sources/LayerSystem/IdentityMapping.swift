/// Which numbers of users and groups there are in a user namespace of ours.
///
/// The raw values are what `LAYERCTL_NAMESPACE` says.
package enum IdentityMapping: String, Hashable, Sendable {
    /// The user is root, and the numbers from 1 on are those that /etc/subuid and /etc/subgid give the user.
    case ranges
    /// The user is root, and there is nobody else: every owner is root, or nobody.
    case singleID = "single-id"
}

extension IdentityMapping: CustomStringConvertible {
    /// A few words.
    package var description: String {
        switch self {
        case .ranges: "ranges of /etc/subuid and /etc/subgid"
        case .singleID: "single id"
        }
    }
}
