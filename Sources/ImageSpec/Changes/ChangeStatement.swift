/// An instruction with its parts, whichever it is.
///
/// Source: buildkit `frontend/dockerfile/parser/split_command.go`.
struct ChangeStatement: Hashable, Sendable {
    /// The name in small letters.
    let name: String
    /// The flags, each with its dashes and without its quotes.
    let flags: [String]
    let arguments: ChangeArguments
    /// All of it on one line, as it is written.
    let text: String
    /// The line on which it begins, counted from 1.
    let line: Int
    /// The heredocs of an ONBUILD, a line feed before each line.
    var heredocs = ""

    init(_ text: String, escape: Unicode.Scalar, line: Int) throws(ChangeError.Reason) {
        self.text = text
        self.line = line
        let (name, rest) = ChangeText.splitAtBlanks(ChangeText.trimmed(text.unicodeScalars[...]))
        self.name = String(name).lowercased()
        guard let rest else {
            flags = []
            arguments = try ChangeArguments("".unicodeScalars[...], of: self.name, escape: escape, line: line)
            return
        }
        let (flags, words) = ChangeFlags.split(rest)
        self.flags = flags
        arguments = try ChangeArguments(ChangeText.trimmed(words), of: self.name, escape: escape, line: line)
    }
}
