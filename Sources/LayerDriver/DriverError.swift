internal import LayerModel

/// Why there is no driver, or why one cannot mount a stack of layers.
package enum DriverError: Error, Equatable, Sendable {
    /// No driver has this name.
    case unknownName(String)
    /// The driver that was asked for does not work here.
    case unavailable(DriverKind, reason: String)
    /// The driver makes no mounts.
    case notMounting(DriverKind)
    /// A path does not begin at the root.
    case pathNotAbsolute([UInt8])
    /// The stack has more layers, by their number here, than overlayfs takes.
    case tooManyLayers(Int)
    /// The first tree keeps overlayfs' marks in `user.`, the second in `trusted.`: one mount obeys only one of them.
    case mixedAttributes([UInt8], [UInt8])
    /// The tree keeps overlayfs' marks in `trusted.`, where only root of the host can read them.
    case attributesOfRoot(DriverKind, [UInt8])
    /// The stack has no layer at all, which the driver cannot show.
    case noLayers(DriverKind)
    /// A program cannot be told this path, which has a colon in it.
    case pathNotForProgram(String, [UInt8])
    /// A program that should mount or unmount failed, and said this.
    case programFailed(String, status: Int32, message: String)
    /// What was mounted without an error is not in the mount table.
    case notFound([UInt8])
    /// The mount belongs to a process whose namespace cannot be entered from here.
    case mountedElsewhere([UInt8], process: Int32)
}

extension DriverError: CustomStringConvertible {
    /// One line.
    package var description: String {
        switch self {
        case .unknownName(let name):
            let names = ["auto"] + DriverKind.allCases.map(\.rawValue)
            return "unknown driver \"\(name)\" (there are \(names.joined(separator: ", ")))"
        case .unavailable(let kind, let reason):
            return "driver \"\(kind.rawValue)\" does not work here: \(reason)"
        case .notMounting(let kind):
            return "driver \"\(kind.rawValue)\" makes no mounts"
        case .pathNotAbsolute(let path):
            return "\(EscapedText.quoted(path)) is no absolute path"
        case .tooManyLayers(let count):
            return "\(count) layers are more than the \(MountPlan.lowerTreeLimit) that can be mounted"
        case .mixedAttributes(let own, let other):
            return
                "\(EscapedText.quoted(own)) was unpacked by an ordinary user and \(EscapedText.quoted(other)) by root; "
                + "no overlay shows both: use --driver copy, or load the image again into a store of its own"
        case .attributesOfRoot(let kind, let path):
            return "driver \"\(kind.rawValue)\" cannot read the marks of \(EscapedText.quoted(path)), "
                + "which was unpacked by root: use --driver overlay as root, or copy"
        case .noLayers(let kind):
            return "driver \"\(kind.rawValue)\" cannot show an image that has no layers"
        case .pathNotForProgram(let name, let path):
            return "\(name) takes no path with a colon, as in \(EscapedText.quoted(path))"
        case .programFailed(let name, let status, let message):
            let said = message.isEmpty ? "" : ": \(EscapedText.line(message))"
            return "\(name) failed (status \(status))\(said)"
        case .notFound(let path):
            return "nothing is mounted at \(EscapedText.quoted(path)), although the kernel reported no failure"
        case .mountedElsewhere(let path, let process):
            return "\(EscapedText.quoted(path)) is mounted in the namespace of process \(process), "
                + "which cannot be entered from here: unmount it there"
        }
    }
}
