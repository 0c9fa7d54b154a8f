import LayerAudit
import LayerModel
import LayerTree

/// Looks at the contents of one layer's files: for secrets by patterns, and at files that are known by their names.
///
/// For one thread.
final class ContentInspector: TarContentObserver {
    /// A secret in a file.
    struct Found: Sendable {
        let path: LayerPath
        let match: SecretMatch
        /// Whether the file is an ELF program or library: what is compiled into one is seldom anybody's own.
        let isProgram: Bool
        /// Whether a later entry of the same layer has taken the file's name.
        var isReplaced = false
    }

    /// Source: `man 5 elf`.
    private static let programStart: [UInt8] = [0x7F, 0x45, 0x4C, 0x46]

    private let scanner = SecretScanner()
    private var path = LayerPath.root
    private var namedFile: NamedFile?
    private var isProgram = false
    private var isAtStart = true
    private var content: [UInt8] = []
    /// What was found, in the order of the tar.
    private(set) var found: [Found] = []
    /// Where in `found` the secrets of a path are.
    private var places: [LayerPath: Range<Int>] = [:]

    func begin(_ path: LayerPath, byteCount: Int64) {
        self.path = path
        (isProgram, isAtStart) = (false, true)
        scanner.begin(byteCount: byteCount)
        namedFile = NamedFile(path.bytes)
        content.removeAll(keepingCapacity: true)
        guard let former = places.removeValue(forKey: path) else { return }
        for place in former { found[place].isReplaced = true }
    }

    func update(_ chunk: UnsafeRawBufferPointer) {
        if isAtStart { isProgram = chunk.starts(with: Self.programStart) }
        isAtStart = false
        scanner.update(chunk)
        guard namedFile != nil, content.count < NamedFile.byteLimit else { return }
        content.append(contentsOf: chunk.prefix(NamedFile.byteLimit - content.count))
    }

    func skip(_ byteCount: Int64) {
        if byteCount > 0 { isAtStart = false }
        scanner.skip(byteCount)
    }

    func end() {
        var matches = scanner.finish()
        if let namedFile { matches += namedFile.matches(in: content) }
        guard !matches.isEmpty else { return }
        places[path] = found.count..<(found.count + matches.count)
        found += matches.map { Found(path: path, match: $0, isProgram: isProgram) }
    }
}
