import LayerSystem
import TextOutput

/// Asks before what cannot be undone.
enum Confirmation {
    private static let byteLimit = 4096

    /// Asks on the standard output, and reads one line of the standard input.
    ///
    /// Source: docker/cli `internal/prompt/prompt.go`, `Confirm`.
    ///
    /// - Parameter question: The question, without blanks at its end.
    /// - Returns: Whether the answer is `y`; an input that ends says no.
    /// - Throws: `SystemError`.
    static func ask(_ question: String) throws(SystemError) -> Bool {
        try StandardStream.output.write(question + " [y/N] ")
        try StandardStream.output.flush()
        let input = try StandardStream.input()
        var answer: [UInt8] = []
        while answer.count < byteLimit {
            let byte = try input.readPart(byteCount: 1)
            if byte.isEmpty || byte == [UInt8(ascii: "\n")] { break }
            answer += byte
        }
        while let last = answer.last, last <= 0x20 { answer.removeLast() }
        return answer.elementsEqual("y".utf8) || answer.elementsEqual("Y".utf8)
    }
}
