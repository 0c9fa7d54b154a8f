/// Finds secrets in files that come piece by piece, in one pass over their bytes.
///
/// A secret is found wherever the pieces meet: the last bytes of each are kept until the next one shows what follows. Kept are 4 KiB, so
/// that of what is longer (tokens of some kinds) no more than that is looked at. A file has ten secrets at most, each named once; behind
/// them it is not read further.
///
/// For one thread.
package final class SecretScanner {
    /// The most secrets that are told of one file.
    package static let matchLimit = 10

    private let patterns: [SecretPattern]
    private let filter: LiteralFilter
    /// What was kept of the pieces before, with the piece at hand behind it.
    private var joined: [UInt8] = []
    /// Where in the file the window begins.
    private var offset: Int64 = 0
    /// How many bytes of the window were looked at already.
    private var looked = 0
    private var byteCount: Int64 = 0
    private var matches: [SecretMatch] = []
    private var seen: Set<[UInt8]> = []

    /// Prepares to look for every kind of secret.
    package convenience init() { self.init(SecretPattern.standard) }

    init(_ patterns: [SecretPattern]) {
        self.patterns = patterns
        filter = LiteralFilter(patterns.map(\.literal))
    }

    /// Starts a file.
    ///
    /// - Parameter byteCount: Its length; a piece of that length is looked at where it lies.
    package func begin(byteCount: Int64) {
        self.byteCount = byteCount
        (offset, looked) = (0, 0)
        joined.removeAll(keepingCapacity: true)
        matches.removeAll()
        seen.removeAll()
    }

    /// Takes the next bytes of the file.
    package func update(_ chunk: UnsafeRawBufferPointer) {
        guard matches.count < Self.matchLimit, !chunk.isEmpty else { return }
        if joined.isEmpty, offset == 0, Int64(chunk.count) == byteCount {
            return look(chunk, isEnd: true)
        }
        joined.append(contentsOf: chunk)
        joined.withUnsafeBytes { look($0, isEnd: false) }
        let used = max(0, looked - SecretPattern.lookBehind)
        joined.removeFirst(used)
        offset += Int64(used)
        looked -= used
    }

    /// Passes over a hole: no secret reaches over one.
    package func skip(_ byteCount: Int64) {
        guard byteCount > 0 else { return }
        endWindow()
        offset += Int64(joined.count) + byteCount
        looked = 0
        joined.removeAll(keepingCapacity: true)
    }

    /// Ends the file.
    ///
    /// - Returns: What was found, in its order.
    package func finish() -> [SecretMatch] {
        endWindow()
        return matches
    }

    private func endWindow() {
        guard !joined.isEmpty else { return }
        joined.withUnsafeBytes { look($0, isEnd: true) }
    }

    private func look(_ bytes: UnsafeRawBufferPointer, isEnd: Bool) {
        let end = isEnd ? bytes.count : max(looked, bytes.count - SecretPattern.lookAhead)
        let window = ByteWindow(bytes: bytes.assumingMemoryBound(to: UInt8.self))
        filter.search(bytes, in: looked..<end) { place, numbers in
            for number in numbers { look(window, place, patterns[number]) }
            return matches.count < Self.matchLimit
        }
        looked = end
    }

    private func look(_ window: ByteWindow, _ place: Int, _ pattern: SecretPattern) {
        let literal = pattern.literal
        guard place + literal.count <= window.count,
            literal.indices.allSatisfy({ window.bytes[place + $0] == literal[$0] }),
            let hit = pattern.look(window, place)
        else { return }
        let secret = window.slice(hit.secret)
        guard matches.count < Self.matchLimit, seen.insert(secret).inserted else { return }
        matches.append(
            SecretMatch(
                rule: pattern.rule,
                severity: hit.severity ?? pattern.rule.severity,
                detail: [hit.name, hit.shown ?? (pattern.rule == .privateKey ? nil : SecretText.masked(secret))]
                    .compactMap(\.self).joined(separator: ", "),
                offset: offset + Int64(place),
                secret: secret
            )
        )
    }
}

extension SecretScanner {
    /// Finds secrets in a text that is there as a whole.
    ///
    /// - Parameter text: The text.
    /// - Returns: What was found, in its order.
    package func matches(in text: some Collection<UInt8>) -> [SecretMatch] {
        begin(byteCount: Int64(text.count))
        let bytes = Array(text)
        bytes.withUnsafeBytes { update($0) }
        return finish()
    }
}
