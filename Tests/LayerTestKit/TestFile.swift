import Foundation

/// Files of tests.
package enum TestFile {
    /// Writes a file in place of the one that may be there.
    package static func write(_ bytes: [UInt8], to path: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    /// Reads a file.
    package static func read(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    /// The names in a directory, sorted.
    package static func list(_ path: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    }

    /// Whether anything is there.
    package static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: path)
    }

    /// Turns all bits of one byte of a file.
    package static func damage(_ path: String, at position: Int) throws {
        var bytes = try read(path)
        bytes[position] ^= 0xff
        try write(bytes, to: path)
    }

    /// Removes a file or a tree.
    package static func remove(_ path: String) throws {
        try FileManager.default.removeItem(atPath: path)
    }

    /// Sets the permission bits.
    package static func setMode(_ mode: Int, of path: String) throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }
}

extension TestFile {
    /// Writes all bytes into a pipe that has a name, once its reader is there.
    package static func append(_ bytes: [UInt8], toPipe path: String) throws {
        // A reader that gives up must be the test's failure and not its end.
        signal(SIGPIPE, SIG_IGN)
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try handle.write(contentsOf: Data(bytes))
        try handle.close()
    }

    /// Makes a directory with all that lead to it.
    package static func makeDirectories(_ path: String) throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    /// Makes a symbolic link.
    package static func makeLink(_ path: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
    }
}
