import Benchmark
import LayerArchive

/// What every byte of a layer goes through on its way in.
func registerReading() {
    Benchmark(
        "inflate-gzip",
        configuration: Measured.configuration(),
        closure: { benchmark, stream in try benchmark.measure { try Decompressor(stream.source).drain() } },
        setup: { Bytes(try MadeLayer.gzip()) }
    )
    Benchmark(
        "inflate-zstd",
        configuration: Measured.configuration(),
        closure: { benchmark, stream in try benchmark.measure { try Decompressor(stream.source).drain() } },
        setup: { Bytes(try MadeLayer.zstd()) }
    )
    Benchmark(
        "hash-sha256",
        configuration: Measured.configuration(),
        closure: { benchmark, tar in try benchmark.measure { try DigestTap(tar.source).finish().byteCount } },
        setup: { Bytes(try MadeLayer.tar(.base)) }
    )
    Benchmark(
        "tar-read",
        configuration: Measured.configuration(),
        closure: { benchmark, tar in try benchmark.measure { try readEntries(of: tar) } },
        setup: { Bytes(try MadeLayer.tar(.base)) }
    )
}

/// Reads all entries with their attributes and contents.
private func readEntries(of tar: Bytes) throws -> Int {
    let reader = TarReader(tar.source)
    var count = 0
    while try reader.next() {
        count += reader.name.count + (try reader.extendedAttributes().count)
        try reader.readBody { chunk, _ in count += chunk.count }
    }
    return count
}
