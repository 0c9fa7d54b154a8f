/// A string of a template's execution: bytes, with what is known of where they came from.
///
/// What came from data is escaped when it is printed; what the template's author wrote, and JSON, is printed as it is.
/// Text that is put together from both keeps them apart.
package struct TemplateText: Sendable {
    /// Consecutive bytes of one origin.
    package struct Segment: Sendable {
        /// The bytes, UTF-8 unless a name or a cut made them otherwise.
        package var bytes: [UInt8]
        /// Whether they are printed as they are.
        package var isExact: Bool
    }

    /// The text in pieces, none of them empty.
    package private(set) var segments: [Segment] = []

    /// Makes an empty text.
    package init() {}

    /// Wraps bytes from outside, which are escaped when they are printed.
    package init(data bytes: some Sequence<UInt8>) {
        append(Segment(bytes: Array(bytes), isExact: false))
    }

    /// Wraps bytes that are printed as they are.
    package init(exact bytes: some Sequence<UInt8>) {
        append(Segment(bytes: Array(bytes), isExact: true))
    }

    /// Wraps bytes with the origin of another text: exact when all of that is.
    init(_ bytes: some Sequence<UInt8>, asExactAs other: TemplateText) {
        append(Segment(bytes: Array(bytes), isExact: other.isExact))
    }

    /// All bytes.
    package var bytes: [UInt8] {
        segments.count == 1 ? segments[0].bytes : segments.flatMap(\.bytes)
    }

    /// How many bytes there are.
    package var byteCount: Int { segments.reduce(0) { $0 + $1.bytes.count } }

    /// Whether nothing of it came from data.
    var isExact: Bool { segments.allSatisfy(\.isExact) }

    /// Adds a text.
    mutating func append(_ text: TemplateText) {
        for segment in text.segments { append(segment) }
    }

    /// Adds bytes that are printed as they are.
    mutating func append(exact bytes: some Sequence<UInt8>) {
        append(Segment(bytes: Array(bytes), isExact: true))
    }

    private mutating func append(_ segment: Segment) {
        guard !segment.bytes.isEmpty else { return }
        if segments.last?.isExact == segment.isExact {
            segments[segments.count - 1].bytes.append(contentsOf: segment.bytes)
        } else {
            segments.append(segment)
        }
    }

    /// Prints the text.
    ///
    /// - Parameters:
    ///   - output: What is going to be printed.
    ///   - kept: The layout characters of data that stay.
    func write(to output: inout [UInt8], keeping kept: TerminalText.Kept) {
        for segment in segments {
            if segment.isExact {
                output.append(contentsOf: segment.bytes)
            } else {
                TerminalText.append(segment.bytes, to: &output, keeping: kept)
            }
        }
    }
}
