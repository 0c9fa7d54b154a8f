import LayerModel
import LayerSystem

/// What lies at a path of the host, found out without opening what must not be opened twice.
enum HostPath {
    /// The files of which a directory must have one to hold an image.
    private static let layoutFiles = ["index.json", "oci-layout", "manifest.json", "repositories"]

    /// Whether a path leads to something that can hold an image: anything but a directory, or a directory with an image in it.
    ///
    /// What the host does not let us see is no file either: then the argument is looked up as a name, and the message says so.
    static func isImageFile(_ path: String) -> Bool {
        do throws(SystemError) {
            switch try kind(of: path) {
            case .directory: return try isImageDirectory(path)
            case .symbolicLink: return try isFollowed(path)
            default: return true
            }
        } catch {
            return error.isNotPermitted
        }
    }

    /// What a path names, a link at its end not followed.
    private static func kind(of path: String) throws(SystemError) -> EntryKind {
        let slash = path.lastIndex(of: "/")
        let name = slash.map { path[path.index(after: $0)...] } ?? path[...]
        // Only a directory is named with a slash or dots at the end.
        if ["", ".", ".."].contains(name) { return .directory }
        let parent = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        return try Directory(path: parent).status(String(name)).kind
    }

    /// Whether a link leads to something that can hold an image.
    ///
    /// A FIFO behind one is opened; one that is named itself never is, since its writer would see a reader come and go.
    private static func isFollowed(_ path: String) throws(SystemError) -> Bool {
        do throws(SystemError) {
            _ = try File.openForReading(path: path)
            return true
        } catch  where error.isNotRegularFile {
            return try isImageDirectory(path)
        }
    }

    private static func isImageDirectory(_ path: String) throws(SystemError) -> Bool {
        let directory = try Directory(path: path)
        for name in layoutFiles where try directory.statusIfPresent(name) != nil { return true }
        return false
    }
}
