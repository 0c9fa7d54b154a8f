/// One thing that is done to a container's tree, the same through every driver.
///
/// Paths have no slash in front, and lead through directories alone. After each edit what was touched, and the directory that it stands in, has a time
/// that the edit's number gives, so that the same edits make the same layer.
enum ContainerEdit: Hashable, Codable {
    /// Makes a regular file, or gives one new content.
    case write(String, [UInt8])
    /// Adds to a regular file.
    case append(String, [UInt8])
    /// Cuts a regular file, or makes it longer with zeros.
    case truncate(String, Int)
    /// Sets the mode bits; the empty path is the root.
    case setMode(String, UInt16)
    /// Gives a file away; its mode stays.
    case setOwner(String, uid: UInt32, gid: UInt32)
    /// Sets the time alone.
    case touch(String)
    /// Gives anything another name, in place of what stands there; a directory goes to a free name only.
    case move(String, to: String)
    /// Removes anything, a directory with all in it.
    case remove(String)
    /// Makes a directory.
    case makeDirectory(String)
    /// Gives a file one more name, which is free.
    case link(String, to: String)
    /// Makes a symbolic link.
    case symbolicLink(String, String)
    /// Makes a FIFO.
    case fifo(String)
    /// Sets the extended attribute `user.edit`.
    case setAttribute(String, [UInt8])
    /// Removes it.
    case removeAttribute(String)

    /// The extended attribute that edits set.
    static let attributeName = "user.edit"

    /// The time, in seconds, that the edit of a number leaves.
    static func time(of number: Int) -> Int64 { 2000 + Int64(number) }

    /// What has the edit's time afterwards, but for the directories around it; nil for what is gone or is a directory as it was.
    var touched: String? {
        switch self {
        case .write(let path, _), .append(let path, _), .truncate(let path, _), .touch(let path),
            .makeDirectory(let path), .symbolicLink(let path, _), .fifo(let path):
            path
        default: nil
        }
    }

    /// The names that the edit makes, takes or changes.
    var paths: [String] {
        switch self {
        case .write(let path, _), .append(let path, _), .truncate(let path, _), .setMode(let path, _),
            .setOwner(let path, _, _), .touch(let path), .remove(let path), .makeDirectory(let path),
            .symbolicLink(let path, _), .fifo(let path), .setAttribute(let path, _), .removeAttribute(let path):
            [path]
        case .move(let path, let target), .link(let path, let target): [path, target]
        }
    }

    /// The directories that names come into or go from; empty where nothing but a file itself changes.
    var parents: [String] { paths.filter { !$0.isEmpty }.map { EditedPath($0).parent } }
}
