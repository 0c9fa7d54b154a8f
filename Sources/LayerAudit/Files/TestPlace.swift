/// Where files lie that are there to be read or tested with, and whose secrets are no one's.
package enum TestPlace {
    private static let names: Set<[UInt8]> = Set(
        [
            "test", "tests", "testing", "testdata", "test-data", "test_data", "testsuite", "unittest", "fixtures",
            "mock",
            "mocks", "doc", "docs", "example", "examples", "sample", "samples", "demo", "demos", "man", "help",
        ].map { Array($0.utf8) }
    )

    /// Whether one of the directories that a path goes through is a usual one for tests, examples or documentation.
    ///
    /// - Parameter path: Bytes; the last component does not count.
    /// - Returns: True for `usr/share/doc/x/key.pem`.
    package static func contains(_ path: [UInt8]) -> Bool {
        path.split(separator: UInt8(ascii: "/")).dropLast().contains { names.contains($0.map(lowered)) }
    }

    private static func lowered(_ byte: UInt8) -> UInt8 { ByteSet.upper.contains(byte) ? byte | 0x20 : byte }
}
