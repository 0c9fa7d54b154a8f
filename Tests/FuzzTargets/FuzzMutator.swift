import LayerTestKit

/// Changes inputs by chance, the same way for the same seed: a fuzzer for those who have none.
public struct FuzzMutator {
    private static let interesting: [UInt8] = [0, 1, 0x7f, 0x80, 0xff, 0x20, 0x2f, 0x30, 0x3d, 0x2e]

    private var generator: SeededGenerator

    /// Starts from a seed.
    public init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
    }

    /// Changes an input in one to eight places.
    ///
    /// - Parameters:
    ///   - bytes: The input.
    ///   - other: Another one, of which a piece may be taken.
    /// - Returns: The changed input.
    public mutating func mutated(_ bytes: [UInt8], with other: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...8, using: &generator) {
            guard !bytes.isEmpty else { return other }
            let place = Int.random(in: bytes.indices, using: &generator)
            let end = min(bytes.count, place + Int.random(in: 1...16, using: &generator))
            switch Int.random(in: 0..<8, using: &generator) {
            case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            case 1: bytes[place] = UInt8.random(in: 0...255, using: &generator)
            case 2: bytes[place] = Self.interesting.randomElement(using: &generator) ?? 0
            case 3: bytes.removeSubrange(place..<end)
            case 4: bytes.insert(contentsOf: bytes[place..<end], at: place)
            case 5: bytes.removeSubrange(place...)
            case 6: bytes.insert(contentsOf: piece(of: other), at: place)
            default:
                let piece = piece(of: other)
                bytes.replaceSubrange(place..<min(bytes.count, place + piece.count), with: piece)
            }
        }
        return bytes
    }

    private mutating func piece(of bytes: [UInt8]) -> ArraySlice<UInt8> {
        guard !bytes.isEmpty else { return [] }
        let start = Int.random(in: bytes.indices, using: &generator)
        return bytes[start..<min(bytes.count, start + Int.random(in: 1...64, using: &generator))]
    }
}
