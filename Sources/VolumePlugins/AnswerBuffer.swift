/// Collects the body of an answer, up to a limit.
final class AnswerBuffer {
    private let byteLimit: Int
    /// What has come so far.
    private(set) var bytes: [UInt8] = []
    /// Whether more came than may be.
    private(set) var isFull = false

    init(byteLimit: Int) {
        self.byteLimit = byteLimit
    }

    /// Takes a piece.
    ///
    /// - Returns: How many bytes were taken: all, or none.
    func take(_ piece: UnsafeRawBufferPointer) -> Int {
        guard piece.count <= byteLimit - bytes.count else {
            isFull = true
            return 0
        }
        unsafe bytes.append(contentsOf: piece)
        return piece.count
    }
}
