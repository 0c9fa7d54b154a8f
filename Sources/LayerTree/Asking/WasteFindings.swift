package import LayerModel

/// What layers store that the finished tree does not need.
package struct WasteFindings: Sendable {
    /// Bytes at one path that later layers hide.
    package struct Hidden: Sendable {
        /// The path.
        package let path: LayerPath
        /// How many files are hidden there.
        package var count = 0
        /// What they hold together, in bytes.
        package var byteCount: Int64 = 0
        /// Whether nothing stands there in the finished tree.
        package let isDeleted: Bool
    }

    /// Files of the finished tree with the same content.
    package struct Duplicate: Sendable {
        /// One of the files.
        package let path: LayerPath
        /// How many files there are, names of one file counted once.
        package let count: Int
        /// The length of each, in bytes.
        package let byteCount: Int64
        /// What all but one of the files hold, in bytes.
        package var wastedByteCount: Int64 { byteCount * Int64(count - 1) }
    }

    /// Paths with hidden bytes, the most first.
    package internal(set) var hidden: [Hidden] = []
    /// Contents that are there several times, those that cost most first.
    package internal(set) var duplicates: [Duplicate] = []
    /// The lengths of the files of all layers, names of one file of a layer counted once, in bytes.
    package internal(set) var byteCount: Int64 = 0
    /// Over all paths the smallest of their sizes, as dive sums them up.
    package internal(set) var minimumByteCount: Int64 = 0
    /// Over all paths all their sizes, as dive sums them up.
    package internal(set) var discoveredByteCount: Int64 = 0
}
