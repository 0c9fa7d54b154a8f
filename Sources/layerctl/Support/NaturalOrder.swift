/// The order of names in which the numbers in them count as numbers: `b9` before `b10`.
enum NaturalOrder {
    /// Whether a name stands before another one.
    ///
    /// Source: docker/cli `cli/command/volume/list.go`, which sorts so.
    static func precedes(_ left: String, _ right: String) -> Bool {
        var (left, right) = (Array(left.utf8)[...], Array(right.utf8)[...])
        while let first = left.first, let second = right.first {
            if isDigit(first), isDigit(second) {
                let (one, other) = (number(&left), number(&right))
                if one.digits.count != other.digits.count { return one.digits.count < other.digits.count }
                if one.digits != other.digits { return one.digits.lexicographicallyPrecedes(other.digits) }
                if one.zeroCount != other.zeroCount { return one.zeroCount < other.zeroCount }
            } else {
                if first != second { return first < second }
                left.removeFirst()
                right.removeFirst()
            }
        }
        return left.isEmpty && !right.isEmpty
    }

    /// Takes the number at the beginning.
    private static func number(_ text: inout ArraySlice<UInt8>) -> (zeroCount: Int, digits: ArraySlice<UInt8>) {
        let run = text.prefix(while: isDigit)
        text = text.dropFirst(run.count)
        let digits = run.drop { $0 == UInt8(ascii: "0") }
        return (run.count - digits.count, digits)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
