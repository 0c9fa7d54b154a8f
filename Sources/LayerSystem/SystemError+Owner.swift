internal import Glibc

extension SystemError {
    /// Whether an owner cannot be set: for want of a right, or because the user namespace does not have the number.
    package var isOwnerRefused: Bool { isNotPermitted || code == EINVAL }
}
