/// Takes the files of images, one after the other.
package protocol ImageSink: AnyObject {
    /// Makes a directory, above which all are there.
    func addDirectory(_ name: String) throws
    /// Makes a symbolic link.
    func addSymbolicLink(_ name: String, to target: String) throws
    /// Begins a file; as many bytes follow through `write`.
    func begin(_ name: String, byteCount: Int64) throws
    /// Takes the next bytes of the file, valid during the call only.
    func write(_ bytes: UnsafeRawBufferPointer) throws
    /// Ends the last file and the whole.
    func finish() throws
}
