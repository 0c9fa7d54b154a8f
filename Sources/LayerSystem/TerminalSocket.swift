internal import CLinux
internal import Glibc
internal import LayerModel

/// A socket through which an OCI runtime hands over the terminal that it has made for a process.
///
/// Source: runc `docs/terminals.md`, "Detached New Terminal".
package final class TerminalSocket {
    /// Where the runtime finds it.
    package let path: String
    private let parent: Directory
    private let name: String
    private let socket: File

    /// Makes one.
    ///
    /// It lies in a directory of its own in /tmp, since the path of a socket may have no more than 107 bytes (man 7 unix).
    ///
    /// - Throws: `SystemError` of `mkdir`, `bind`, `listen`.
    package init() throws(SystemError) {
        parent = try Directory(path: "/tmp")
        name = try TemporaryName.make(prefix: "layerctl-")
        let path = "/tmp/\(name)/terminal"
        self.path = path
        try parent.makeDirectory(name, mode: 0o700)
        let number = try SystemCall.run("socket", path) { unsafe path.withCPath { unsafe cl_listen_local($0) } }
        socket = File(owning: number, label: path, kind: .socket)
    }

    deinit {
        // reason: what lies in /tmp by chance holds nothing
        try? parent.removeTree(name)
    }

    /// The terminal that was handed over.
    ///
    /// - Returns: The end that reads what the process writes.
    /// - Throws: `SystemError`: EAGAIN when the runtime has sent none, EPROTO when it sent something else.
    package func receive() throws(SystemError) -> File {
        let number = try SystemCall.run("recvmsg", path) { cl_receive_descriptor(socket.descriptor.rawValue) }
        return File(owning: number, label: "terminal", kind: .characterDevice)
    }
}
