/// Gives libarchive the bytes of a file at any place of it: the directories of zip and 7z stand at the end.
@safe final class SeekableFeed {
    private static let byteCount: Int64 = 64 << 10

    private let size: Int64
    private let read: (UnsafeMutableRawBufferPointer, Int64) throws -> Int
    private let buffer: UnsafeMutableRawBufferPointer
    private var position: Int64 = 0
    /// What reading met.
    private(set) var failure: (any Error)?

    init(byteCount: Int64, read: @escaping (UnsafeMutableRawBufferPointer, Int64) throws -> Int) {
        size = byteCount
        unsafe self.read = read
        unsafe buffer = .allocate(byteCount: Int(Self.byteCount), alignment: 16)
    }

    deinit {
        unsafe buffer.deallocate()
    }

    /// The next bytes; none at the end, nil when they cannot be read.
    func next() -> UnsafeRawBufferPointer? {
        let wanted = Int(max(0, min(Self.byteCount, size - position)))
        do {
            let count = unsafe try read(UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted]), position)
            position += Int64(count)
            return unsafe UnsafeRawBufferPointer(rebasing: buffer[..<count])
        } catch {
            failure = error
            return nil
        }
    }

    /// Goes on elsewhere.
    ///
    /// - Parameters:
    ///   - offset: How far from there.
    ///   - origin: 0 for the beginning, 1 for the present place, 2 for the end, as `lseek` counts.
    /// - Returns: The place; nil for one that is not in the file.
    func seek(_ offset: Int64, from origin: CInt) -> Int64? {
        let start = origin == 0 ? 0 : origin == 1 ? position : size
        let (place, isTooFar) = start.addingReportingOverflow(offset)
        guard !isTooFar, (0...size).contains(place) else { return nil }
        position = place
        return place
    }

    /// Passes over bytes; as many as there are.
    func skip(_ byteCount: Int64) -> Int64 {
        let passed = max(0, min(byteCount, size - position))
        position += passed
        return passed
    }
}
