internal import CLinux
internal import Glibc
internal import LayerModel

/// Goes through a whole tree as programs do, with as little of our own between the system calls as can be: to measure them.
///
/// No link is followed, no file but regular ones is opened, and what the user may not open is passed over.
package struct TreePass {
    private enum Manner { case listing, statuses, contents, forgetting }

    /// How many names there were.
    package private(set) var nameCount: Int64 = 0
    /// How many bytes were read.
    package private(set) var byteCount: Int64 = 0

    private let manner: Manner
    private var buffer: [UInt8]

    private init(_ manner: Manner) {
        self.manner = manner
        buffer = manner == .contents ? [UInt8](repeating: 0, count: 128 << 10) : []
    }

    /// Lists every directory.
    ///
    /// - Parameter root: Where the tree begins.
    /// - Returns: What was gone through.
    /// - Throws: `SystemError`.
    package static func list(below root: Directory) throws(SystemError) -> TreePass { try run(.listing, root) }

    /// Asks for the status of every name.
    ///
    /// - Parameter root: Where the tree begins.
    /// - Returns: What was gone through.
    /// - Throws: `SystemError`.
    package static func status(below root: Directory) throws(SystemError) -> TreePass { try run(.statuses, root) }

    /// Reads every regular file from its beginning to its end.
    ///
    /// - Parameter root: Where the tree begins.
    /// - Returns: What was gone through.
    /// - Throws: `SystemError`.
    package static func read(below root: Directory) throws(SystemError) -> TreePass { try run(.contents, root) }

    static func forgetContent(below root: Directory) throws(SystemError) { _ = try run(.forgetting, root) }

    private static func run(_ manner: Manner, _ root: Directory) throws(SystemError) -> TreePass {
        var pass = TreePass(manner)
        try pass.visit(root.reader())
        return pass
    }

    private mutating func visit(_ reader: DirectoryReader) throws(SystemError) {
        let parent = DirectoryDescriptor(rawValue: reader.descriptor)
        while try reader.next() {
            nameCount += 1
            do throws(SystemError) {
                try visit(reader, in: parent)
            } catch {
                // An image has files that an ordinary user may not open though they are his.
                guard error.isNotPermitted else { throw error }
            }
        }
    }

    private mutating func visit(_ reader: DirectoryReader, in parent: DirectoryDescriptor) throws(SystemError) {
        var kind = reader.kind
        if manner == .statuses || kind == nil { kind = try unsafe parent.status(reader.cName).kind }
        if kind == .directory {
            let opened = try unsafe parent.openDirectory(reader.cName)
            try visit(DirectoryReader(owning: opened.rawValue, label: ""))
        } else if kind == .regular {
            try unsafe visitFile(parent, reader.cName)
        }
    }

    private mutating func visitFile(
        _ parent: DirectoryDescriptor,
        _ name: UnsafePointer<CChar>
    ) throws(SystemError) {
        switch manner {
        case .listing, .statuses: return
        case .contents:
            let file = try unsafe parent.openStoredFile(name)
            defer { Glibc.close(file.rawValue) }
            byteCount += try readAll(file)
        case .forgetting:
            let file = try unsafe parent.openStoredFile(name)
            _ = cl_forget_content(file.rawValue)
            Glibc.close(file.rawValue)
        }
    }

    private mutating func readAll(_ file: FileDescriptor) throws(SystemError) -> Int64 {
        try unsafe buffer.withUnsafeMutableBufferPointer { buffer throws(SystemError) in
            var sum: Int64 = 0
            while true {
                let count = try unsafe file.read(into: UnsafeMutableRawBufferPointer(buffer))
                if count == 0 { return sum }
                sum += Int64(count)
            }
        }
    }
}
