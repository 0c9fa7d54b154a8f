/// Content that a seed gives again: words and, one part in four, bytes that do not compress.
struct SeededContent {
    private static let poolByteCount = 16 << 20

    private let pool: [UInt8]
    private var random: SeededGenerator

    init(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let words = (0..<2048).map { _ in
            (0..<Int.random(in: 2...11, using: &random)).map { _ in UInt8.random(in: 97...122, using: &random) } + [32]
        }
        var pool: [UInt8] = []
        pool.reserveCapacity(Self.poolByteCount + 4096)
        while pool.count < Self.poolByteCount {
            for _ in 0..<400 { pool += words[Int.random(in: 0..<words.count, using: &random)] }
            for _ in 0..<120 { withUnsafeBytes(of: random.next()) { pool += $0 } }
        }
        self.pool = pool
        self.random = random
    }

    /// The next content.
    mutating func next(byteCount: Int) -> ArraySlice<UInt8> {
        let start = Int.random(in: 0...(pool.count - byteCount), using: &random)
        return pool[start..<(start + byteCount)]
    }

    /// The next length of a small file, in bytes: most are short.
    mutating func nextByteCount() -> Int {
        let longest = [512, 2048, 4096, 16384][Int.random(in: 0..<4, using: &random)]
        return Int.random(in: 1...longest, using: &random)
    }
}

/// Random numbers that a seed gives again: SplitMix64.
private struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
