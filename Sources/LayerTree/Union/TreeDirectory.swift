package import LayerModel
package import LayerSystem

/// An open directory of a tree: of a container, mounted or not, of an image, or of the host.
///
/// Everything in it is reached by names of one component each, and no call follows a symbolic link that stands under such a name:
/// whatever another process does to the tree meanwhile, nothing leads out of it. Paths are walked by `TreeWalk`.
///
/// Used by one thread at a time, and no more once the directory was removed or replaced.
package protocol TreeDirectory: AnyObject {
    /// Where the directory stands in its tree, as it was opened.
    var path: LayerPath { get }

    /// All names, ordered by their bytes.
    func list() throws -> [[UInt8]]

    /// What stands at a name; nil when nothing does.
    func entry(_ name: [UInt8]) throws -> TreeEntry?

    /// What the directory itself is.
    func ownEntry() throws -> TreeEntry

    /// Opens a directory in this one.
    func open(_ name: [UInt8]) throws -> any TreeDirectory

    /// Opens a regular file for reading; nothing else is ever opened.
    func openFile(_ name: [UInt8]) throws -> File

    /// Reads a regular file, also one of a layer that nobody has unpacked; the pieces are valid during each call only.
    func readFile(_ name: [UInt8], _ body: (UnsafeRawBufferPointer) throws -> Void) throws

    /// Makes a directory under a name that is not taken.
    func makeDirectory(_ name: [UInt8], _ attributes: AttributeChange) throws

    /// Makes anything but a directory, in one step, in place of what stands at the name; never of a directory.
    func put(_ name: [UInt8], _ file: NewFile, _ attributes: AttributeChange) throws

    /// Gives a file of the same tree one more name, in place of what stands there; never of a directory.
    func link(_ name: [UInt8], to directory: any TreeDirectory, _ oldName: [UInt8]) throws

    /// Removes a name, a directory with all that lies in it.
    func remove(_ name: [UInt8]) throws

    /// Changes attributes of what stands at a name, of a link its own.
    func setAttributes(_ name: [UInt8], _ change: AttributeChange) throws
}

extension TreeDirectory {
    /// Reads a regular file that can be opened.
    package func readFile(_ name: [UInt8], _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        let file = try openFile(name)
        try FileRangeSource(file: file, offset: 0, byteCount: try file.byteCount()).forEachChunk(body)
    }
}

/// A tree in which containers' paths are looked up.
package protocol ContainerTree: AnyObject {
    /// The root, which nothing leads out of.
    var root: any TreeDirectory { get }

    /// Returns when what was written has reached the device.
    func synchronize() throws
}
