/// A name as the kernel takes it.
enum CName {
    /// Lends bytes with a NUL at their end.
    ///
    /// - Parameters:
    ///   - bytes: A name, or the target of a link, without a NUL in it.
    ///   - body: Gets the name, which is valid for the call only.
    /// - Returns: What the body returns.
    /// - Throws: What the body throws.
    static func lend<R, E: Error>(
        _ bytes: ArraySlice<UInt8>,
        _ body: (UnsafePointer<CChar>) throws(E) -> R
    ) throws(E) -> R {
        let result: Result<R, E> = withUnsafeTemporaryAllocation(of: CChar.self, capacity: bytes.count + 1) { copy in
            for (position, byte) in bytes.enumerated() { copy[position] = CChar(bitPattern: byte) }
            copy[bytes.count] = 0
            guard let base = copy.baseAddress else { preconditionFailure("an allocation of at least one byte") }
            do throws(E) {
                return .success(try body(UnsafePointer(base)))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }
}
