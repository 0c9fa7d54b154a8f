import Foundation
import LayerTestKit

/// A tar whose large bodies are holes: it is long and takes no room.
struct LargeArchive {
    private enum Body {
        case bytes([UInt8])
        case hole(Int)
        case archive(LargeArchive)
    }

    private var members: [(name: String, body: Body)] = []

    /// Adds a file of bytes.
    mutating func add(_ name: String, _ bytes: [UInt8]) {
        members.append((name, .bytes(bytes)))
    }

    /// Adds a file of zeros.
    mutating func addHole(_ name: String, byteCount: Int) {
        members.append((name, .hole(byteCount)))
    }

    /// Adds an archive as a file.
    mutating func add(_ name: String, _ archive: LargeArchive) {
        members.append((name, .archive(archive)))
    }

    /// The length of the archive with its end, in bytes.
    var byteCount: Int { members.reduce(1024) { $0 + 512 + Self.padded(Self.length($1.body)) } }

    /// Writes the archive.
    ///
    /// - Returns: Where it is.
    func write(in scratch: ScratchDirectory) throws -> String {
        let path = scratch.path + "/large.tar"
        try write(to: path)
        return path
    }

    /// Writes every member as a file of a directory.
    ///
    /// - Returns: Where it is.
    func writeFiles(in scratch: ScratchDirectory) throws -> String {
        let root = scratch.path + "/layout"
        for (name, body) in members {
            let file = URL(fileURLWithPath: root + "/" + name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            switch body {
            case .bytes(let bytes): try Data(bytes).write(to: file)
            case .hole(let byteCount):
                try Data().write(to: file)
                let handle = try FileHandle(forWritingTo: file)
                try handle.truncate(atOffset: UInt64(byteCount))
                try handle.close()
            case .archive(let archive): try archive.write(to: file.path)
            }
        }
        return root
    }

    private func write(to path: String) throws {
        try Data().write(to: URL(fileURLWithPath: path))
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try handle.truncate(atOffset: UInt64(byteCount))
        try write(to: handle, at: 0)
        try handle.close()
    }

    private func write(to handle: FileHandle, at start: Int) throws {
        var offset = start
        for (name, body) in members {
            try handle.seek(toOffset: UInt64(offset))
            try handle.write(contentsOf: Data(Self.header(name, byteCount: Self.length(body))))
            switch body {
            case .bytes(let bytes): try handle.write(contentsOf: Data(bytes))
            case .hole: break
            case .archive(let archive): try archive.write(to: handle, at: offset + 512)
            }
            offset += 512 + Self.padded(Self.length(body))
        }
    }

    private static func length(_ body: Body) -> Int {
        switch body {
        case .bytes(let bytes): bytes.count
        case .hole(let byteCount): byteCount
        case .archive(let archive): archive.byteCount
        }
    }

    private static func padded(_ byteCount: Int) -> Int { (byteCount + 511) & ~511 }

    /// A header that gives another length than that of the body behind it.
    private static func header(_ name: String, byteCount: Int) -> [UInt8] {
        var builder = TarBuilder()
        builder.add(name: Array(name.utf8))
        var header = builder.bytes
        let size = String(byteCount, radix: 8)
        header.replaceSubrange(124..<135, with: (String(repeating: "0", count: 11 - size.count) + size).utf8)
        header.replaceSubrange(148..<156, with: [UInt8](repeating: 0x20, count: 8))
        let sum = String(header.reduce(0) { $0 + Int($1) }, radix: 8)
        header.replaceSubrange(148..<155, with: (String(repeating: "0", count: 6 - sum.count) + sum + "\0").utf8)
        return header
    }
}
