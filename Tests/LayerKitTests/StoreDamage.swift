import Foundation
import LayerTestKit
import Testing

/// Changes of a store as a bad disk makes them: bytes change, times do not.
enum StoreDamage {
    /// The files of a store that something holds, without those that users write.
    static func files(of root: String) throws -> [String] {
        let users = ["upper", "work", "merged", "_data", "staging", "trash"]
        return try #require(FileManager.default.enumerator(atPath: root)).compactMap { $0 as? String }.filter { place in
            let type = try FileManager.default.attributesOfItem(atPath: root + "/" + place)[.type] as? FileAttributeType
            guard type == .typeRegular, try !TestFile.read(root + "/" + place).isEmpty else { return false }
            return place.split(separator: "/").allSatisfy { !users.contains(String($0)) }
        }
        .sorted()
    }

    /// What a layer's tree looks like, without when whiteouts were made.
    static func look(at tree: String) throws -> [String] {
        try TreeLines.read(tree).map { line in
            var columns = line.split(separator: "\t").map(String.init)
            if columns[6] == "0:0" { columns[5] = "-" }
            return columns.joined(separator: "\t")
        }
    }

    /// Turns one bit in place.
    static func flip(_ path: String, byte: Int, bit: Int) throws {
        try keepingTime(path) {
            let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
            try file.seek(toOffset: UInt64(byte))
            let old = try #require(try file.read(upToCount: 1)?.first)
            try file.seek(toOffset: UInt64(byte))
            try file.write(contentsOf: Data([old ^ 1 << UInt8(bit)]))
            try file.close()
        }
    }

    /// Does something to a file and puts its time back, to the nanosecond.
    static func keepingTime(_ path: String, _ body: () throws -> Void) throws {
        var status = stat()
        try #require(lstat(path, &status) == 0)
        try body()
        let times = [status.st_atim, status.st_mtim]
        try #require(utimensat(AT_FDCWD, path, times, AT_SYMLINK_NOFOLLOW) == 0)
    }
}
