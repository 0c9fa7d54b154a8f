import LayerArchive
import LayerModel
import LayerSystem
import LayerTestKit

@testable import LayerTree

/// One unpacked layer whose index is taken apart, changed and put together again.
struct IndexBench {
    let stack: UnpackedStack
    let tar: [UInt8]
    let index: [UInt8]
    private let directory: Directory

    /// A layer that has every kind of node, attributes, a further name, a whiteout, an opaque directory and a shadowed file.
    static func layer() throws -> [LayerEntry] {
        var entries = try LayerSketch.layer([
            "./ 711", "d/", "d/f=content of d/f", "d/g", "h=>d/f", "p| 600", "s->d/f", "f=replaced", "f=stays", "i/k=1",
            ".wh.gone",
            "o/", "o/.wh..wh..opq",
        ])
        for position in entries.indices {
            entries[position].attributes.modificationTime = Timestamp(
                seconds: 1_600_000_000 + Int64(position),
                nanoseconds: UInt32(position)
            )
        }
        entries[2].attributes.extendedAttributes = [ExtendedAttribute(name: Array("user.x".utf8), value: [1, 2, 3])]
        return entries
    }

    init() throws {
        tar = TarBuilder.tar(try Self.layer())
        stack = try UnpackedStack([tar])
        directory = stack.layers[0]
        index = try directory.openFile("index").readAll(byteLimit: 1 << 20)
    }

    /// Opens bytes as the layer's index.
    func open(_ bytes: [UInt8]) throws -> LayerIndex {
        try directory.unlink("index")
        try directory.createFile("index").write(bytes)
        return try LayerIndex(MappedFile(directory.openFile("index")))
    }

    /// Puts sections together as an index with the right checksums.
    func open(_ sections: [IndexSection: [UInt8]], plain: IndexSection? = .digests) throws -> LayerIndex {
        try directory.unlink("index")
        let file = try IndexFile(creating: Array("index".utf8), in: directory)
        try (sections[.raw] ?? []).withUnsafeBytes { try file.appendRaw($0) }
        for section in IndexSection.allCases where section != .raw {
            guard let bytes = sections[section] else { continue }
            try file.append(section, isCompressed: section != plain) { $0.output.bytes = bytes }
        }
        try file.finish()
        return try LayerIndex(MappedFile(directory.openFile("index")))
    }

    /// The sections as they are before compression.
    func sections() throws -> [IndexSection: [UInt8]] {
        let sections = stack.lowers[0].index.sections
        var bytes: [IndexSection: [UInt8]] = [:]
        for section in IndexSection.allCases { bytes[section] = try sections.bytes(of: section) }
        return bytes
    }

    /// Makes the tar from an index.
    func recreate(_ index: LayerIndex) throws -> [UInt8] {
        try UnpackedStack.bytes(of: TarRecreation(index, layer: directory))
    }

    /// All that an index says, one line a node.
    static func lines(of index: LayerIndex) -> [String] {
        index.nodes.map { node in
            let attributes = index.extendedAttributes(of: node).map { "\($0.name)=\($0.value)" }
            let digest = index.contentDigest(of: node)?.bytes ?? []
            return "\(index.path(of: node)) \(node) \(Array(index.target(of: node))) \(attributes) \(digest)"
        }
    }
}
