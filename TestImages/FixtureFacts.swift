import Foundation

/// What the app image holds, worked out by the generator from what it put in.
public struct FixtureFacts: Sendable, Codable {
    /// One layer, bottom first in `layers`.
    public struct Layer: Hashable, Sendable, Codable {
        /// The digest of the tar, with its algorithm.
        public let diffID: String
        /// The tar's length in bytes.
        public let tarByteCount: Int64
        /// What Docker's overlay2 counts: bytes of files, each inode once, and of link targets.
        public let treeByteCount: Int64
        /// All entries, whiteouts too.
        public let entryCount: Int
        /// Names of regular files, hard links too, whiteouts not.
        public let fileCount: Int
    }

    /// The digest of the config, with its algorithm.
    public let imageID: String
    /// The tags.
    public let references: [String]
    /// The number of history rows.
    public let historyCount: Int
    /// The layers, bottom first; the fourth and the seventh are the same empty tar.
    public let layers: [Layer]
    /// The ID of the top layer of `ImageFixture.dockerLegacy`.
    public let legacyTopID: String
    /// The archives that must be refused.
    public let malformed: [MalformedFixture]

    /// Reads the facts from beside the fixtures.
    public static func read() throws -> FixtureFacts {
        let file = URL(fileURLWithPath: ImageFixture.directory + "/facts.json")
        return try JSONDecoder().decode(Self.self, from: Data(contentsOf: file))
    }

    /// The merged tree of the app image, one line a name sorted by bytes.
    ///
    /// The columns have a tab between them: path, kind (`file dir symlink char block fifo`), mode (four octal digits), uid, gid,
    /// mtime (seconds, a dot, nine digits), value (`bytes:sha256`, a link's target, `major:minor` or `-`), number of names that
    /// share the inode, extended attributes (`name=value`, commas, or `-`). Bytes outside printable ASCII, blanks and backslashes
    /// are `\xNN`.
    public static func mergedTree() throws -> [String] {
        let text = try String(contentsOfFile: ImageFixture.directory + "/app.tree", encoding: .utf8)
        return text.split(separator: "\n").map(String.init)
    }
}
