internal import CLinux

/// How the process gets memory.
package enum Memory {
    /// From how many bytes on a block is the system's own.
    private static let largeByteCount: Int32 = 1 << 20

    /// Has large blocks given back to the system as soon as they are free.
    ///
    /// The first that is freed would otherwise make glibc take all up to its size from a heap, where they leave holes: the windows of a
    /// decoder, 8 MiB for zstd, would not become what the next one uses. Only for a program: what its malloc does is not a library's to say.
    ///
    /// Source: mallopt(3), `M_MMAP_THRESHOLD`: a value that is set is not adjusted any more.
    package static func returnLargeBlocks() {
        cl_return_large_blocks(largeByteCount)
    }
}
