import LayerArchive
import LayerModel

/// The layers that everything is measured on: 4,000 small files in 160 directories, with links among them, and six of 4 MiB.
enum MadeLayer {
    /// Which of the layers.
    enum Edition {
        /// All files.
        case base
        /// All files of the base but for those that are removed, a quarter of them with another content, and 400 new ones.
        case next
        /// What makes the second of the first: changed and new files, and a whiteout for each that is removed.
        case changes
    }

    private static let smallFileCount = 4_000
    private static let filesPerDirectory = 25
    private static let largeFileCount = 6
    private static let largeByteCount = 4 << 20
    private static let attributes = FileAttributes(mode: 0o644, modificationTime: Timestamp(seconds: 1_700_000_000))
    private static let changedAttributes = FileAttributes(
        mode: 0o640,
        modificationTime: Timestamp(seconds: 1_700_000_001)
    )

    /// Makes the tar of a layer, the same bytes each time.
    static func tar(_ edition: Edition) throws -> [UInt8] {
        var tar: [UInt8] = []
        let writer = try TarWriter { tar.append(contentsOf: $0) }
        var content = SeededContent(seed: edition == .base ? 1 : 2)
        // Both editions of a file that is not changed are the same.
        var unchanged = SeededContent(seed: 1)
        for directory in ["usr/", "usr/share/"] { try add(directory, to: writer) }
        for number in 0..<smallFileCount {
            if number % filesPerDirectory == 0 { try add(directory(of: number), to: writer) }
            try addSmall(number, edition, &content, &unchanged, to: writer)
        }
        if edition != .base {
            for number in smallFileCount..<(smallFileCount + 400) {
                let bytes = content.next(byteCount: content.nextByteCount())
                let name = directory(of: number - smallFileCount) + "new-\(number)"
                try writer.add(header(name, changedAttributes), content: bytes)
            }
        }
        for number in 0..<largeFileCount {
            let bytes = unchanged.next(byteCount: largeByteCount)
            switch edition {
            case .base: try writer.add(header("usr/large-\(number)", attributes), content: bytes)
            case .next, .changes:
                guard edition == .next || number == 0 else { continue }
                let other = number == 0 ? content.next(byteCount: largeByteCount) : bytes
                try writer.add(header("usr/large-\(number)", attributes), content: other)
            }
        }
        try writer.finish()
        return tar
    }

    private static func addSmall(
        _ number: Int,
        _ edition: Edition,
        _ content: inout SeededContent,
        _ unchanged: inout SeededContent,
        to writer: TarWriter
    ) throws {
        let name = fileName(number)
        let bytes = unchanged.next(byteCount: unchanged.nextByteCount())
        let isChanged = edition != .base && number % 4 == 0
        // A link leads to the file before it, which is never removed.
        if number % 40 == 39 {
            guard edition != .changes else { return }
            var link = header(name, attributes)
            link.kind = number % 80 == 39 ? .hardLink : .symbolicLink
            link.linkName = Array(fileName(number - 1).utf8)
            return try writer.add(link)
        }
        if edition != .base, number % 20 == 1 {
            guard edition == .changes else { return }
            return try writer.add(header(whiteout(of: number), attributes), content: [])
        }
        if isChanged {
            let other = content.next(byteCount: content.nextByteCount())
            try writer.add(header(name, changedAttributes), content: other)
        } else if edition != .changes {
            try writer.add(header(name, attributes), content: bytes)
        }
    }

    private static func add(_ directory: String, to writer: TarWriter) throws {
        let attributes = FileAttributes(mode: 0o755, modificationTime: attributes.modificationTime)
        try writer.add(TarHeader(name: Array(directory.utf8), kind: .directory, attributes: attributes))
    }

    private static func header(_ name: String, _ attributes: FileAttributes) -> TarHeader {
        TarHeader(name: Array(name.utf8), kind: .regular, attributes: attributes)
    }

    private static func directory(of number: Int) -> String {
        "usr/share/directory-\(number / filesPerDirectory % (smallFileCount / filesPerDirectory))/"
    }

    /// One name in 50 is too long for a plain header.
    private static func fileName(_ number: Int) -> String {
        let rest = number % 50 == 7 ? String(repeating: "long-", count: 28) : ""
        return directory(of: number) + "file-\(rest)\(number)"
    }

    private static func whiteout(of number: Int) -> String {
        directory(of: number) + ".wh." + fileName(number).split(separator: "/").suffix(1).joined()
    }
}

extension MadeLayer {
    /// The base as a gzip stream.
    static func gzip() throws -> [UInt8] {
        let tar = try tar(.base)
        let encoder = GzipBlockEncoder(level: 6)
        var (stream, trailer) = (GzipBlockEncoder.header, GzipTrailer())
        tar.withUnsafeBytes { tar in
            for start in stride(from: 0, to: tar.count, by: 1 << 20) {
                let block = UnsafeRawBufferPointer(rebasing: tar[start..<min(tar.count, start + 1 << 20)])
                let dictionary = tar[max(0, start - GzipBlockEncoder.dictionaryByteCount)..<start]
                stream += encoder.compress(block, after: UnsafeRawBufferPointer(rebasing: dictionary))
                trailer.append(checksum: GzipTrailer.checksum(of: block), byteCount: block.count)
            }
        }
        return stream + trailer.bytes
    }

    /// The base as a zstd stream.
    static func zstd() throws -> [UInt8] {
        let encoder = ZstdStreamEncoder(level: 3)
        var stream: [UInt8] = []
        try tar(.base).withUnsafeBytes { try encoder.write($0) { stream.append(contentsOf: $0) } }
        try encoder.finish { stream.append(contentsOf: $0) }
        return stream
    }
}
