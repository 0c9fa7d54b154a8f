internal import CXXHash

/// Computes content digests, one file after the other, without allocating for each.
@safe package struct ContentHasher: ~Copyable {
    private let state: OpaquePointer

    /// Allocates the state that all files use; it stands at the start of a file.
    package init() {
        guard let state = unsafe XXH3_createState() else { preconditionFailure("out of memory") }
        unsafe self.state = state
        reset()
    }

    deinit {
        unsafe XXH3_freeState(state)
    }

    /// Starts another file.
    package mutating func reset() {
        unsafe XXH3_128bits_reset(state)
    }

    /// Takes the next bytes of the file.
    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        unsafe XXH3_128bits_update(state, bytes.baseAddress, bytes.count)
    }

    /// Gives the digest of the file so far.
    package func finish() -> ContentDigest {
        ContentDigest(unsafe XXH3_128bits_digest(state))
    }

    /// Computes the digest of a file that is at hand in one piece.
    package static func digest(of bytes: UnsafeRawBufferPointer) -> ContentDigest {
        ContentDigest(unsafe XXH3_128bits(bytes.baseAddress, bytes.count))
    }
}

extension ContentDigest {
    fileprivate init(_ hash: XXH128_hash_t) {
        self.init(high: hash.high64, low: hash.low64)
    }
}
