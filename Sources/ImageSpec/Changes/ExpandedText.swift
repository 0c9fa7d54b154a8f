/// What a word expands to, whole and in words.
struct ExpandedText {
    private(set) var text = String.UnicodeScalarView()
    private var finished: [String] = []
    private var word = String.UnicodeScalarView()

    /// The words so far, empty ones left out.
    var words: [String] { word.isEmpty ? finished : finished + [String(word)] }

    /// Adds a character that is quoted or escaped.
    mutating func appendQuoted(_ scalar: Unicode.Scalar) {
        text.append(scalar)
        word.append(scalar)
    }

    /// Adds a text that is quoted.
    mutating func appendQuoted(_ quoted: String.UnicodeScalarView) {
        text.append(contentsOf: quoted)
        word.append(contentsOf: quoted)
    }

    /// Adds a character at which words part when it is white space.
    mutating func append(_ scalar: Unicode.Scalar) {
        text.append(scalar)
        guard scalar.properties.isWhitespace else { return word.append(scalar) }
        finished = words
        word = String.UnicodeScalarView()
    }
}
