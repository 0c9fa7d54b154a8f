/// Walks over bytes as UTF-8: a scalar at a time, or a byte at a time where they are none.
///
/// An ill-formed sequence gives each of its bytes on its own, as Go's `range` over a string does.
struct ScalarWalk<Bytes: Collection>: Sequence, IteratorProtocol where Bytes.Element == UInt8 {
    /// One step of the walk.
    enum Piece: Equatable {
        /// A well-formed scalar.
        case scalar(Unicode.Scalar)
        /// A byte that is no part of one.
        case invalid(UInt8)

        /// How many bytes were passed over.
        var byteCount: Int {
            switch self {
            case .scalar(let scalar): UTF8.width(scalar)
            case .invalid: 1
            }
        }
    }

    private let bytes: Bytes
    private var index: Bytes.Index
    private var end: Bytes.Index
    private var source: Bytes.Iterator
    private var parser = Unicode.UTF8.ForwardParser()

    /// Starts at the first byte.
    init(_ bytes: Bytes) {
        self.bytes = bytes
        self.index = bytes.startIndex
        self.end = bytes.startIndex
        self.source = bytes.makeIterator()
    }

    /// The next scalar or byte.
    mutating func next() -> Piece? {
        if index == end {
            switch parser.parseScalar(from: &source) {
            case .valid(let encoded):
                bytes.formIndex(&index, offsetBy: encoded.count)
                end = index
                return .scalar(Unicode.UTF8.decode(encoded))
            case .error(let length): bytes.formIndex(&end, offsetBy: length)
            case .emptyInput: return nil
            }
        }
        let byte = bytes[index]
        bytes.formIndex(after: &index)
        return .invalid(byte)
    }
}
