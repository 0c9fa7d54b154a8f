/// Parts a text into statements as a Dockerfile is parted: directives, comments, continued lines, heredocs.
///
/// Source: buildkit `frontend/dockerfile/parser/parser.go`.
struct ChangeReader {
    /// The directives of Docker; only `escape` means something here.
    private static let directives: Set<String> = ["escape", "syntax", "check"]
    /// The instructions that may have heredocs, of those that ONBUILD may name.
    private static let heredocTriggers: Set<String> = ["run", "copy", "add"]

    private let lines: [ChangeText.Scalars]
    private var place = 0
    /// The escape character, which a directive may have set.
    private(set) var escape: Unicode.Scalar = "\\"

    init(_ text: String) throws(ChangeError) {
        var text = text.unicodeScalars[...]
        if text.first == "\u{FEFF}" { text.removeFirst() }
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.last == "\r" ? line.dropLast() : line
        }
        if let line = lines.firstIndex(where: { $0.contains("\0") }) { throw ChangeError(.nul, line: line + 1) }
    }

    /// Reads all statements.
    mutating func statements() throws(ChangeError) -> [ChangeStatement] {
        try readDirectives()
        var statements: [ChangeStatement] = []
        while let (text, line) = nextLine() {
            do throws(ChangeError.Reason) {
                var statement = try ChangeStatement(text, escape: escape, line: line)
                statement.heredocs = try takeHeredocs(of: statement)
                statements.append(statement)
            } catch { throw ChangeError(error, line: line) }
        }
        guard !statements.isEmpty else { throw ChangeError(.noInstruction) }
        return statements
    }

    /// Reads the comments of the form `# name=value` before anything else; the first line that is none ends them.
    private mutating func readDirectives() throws(ChangeError) {
        var seen: Set<String> = []
        while place < lines.count, let (name, value) = Self.directive(lines[place]), Self.directives.contains(name) {
            place += 1
            guard seen.insert(name).inserted else { throw ChangeError(.repeatedDirective(name), line: place) }
            guard name == "escape" else { continue }
            guard let scalar = value.first, value.count == 1, scalar == "\\" || scalar == "`" else {
                throw ChangeError(.escapeDirective(String(value)), line: place)
            }
            escape = scalar
        }
    }

    private static func directive(_ line: ChangeText.Scalars) -> (name: String, value: ChangeText.Scalars)? {
        let line = ChangeText.trimmed(line)
        guard line.first == "#", let equals = line.firstIndex(of: "=") else { return nil }
        let name = ChangeText.trimmed(line[..<equals].dropFirst())
        let value = ChangeText.trimmed(line[equals...].dropFirst())
        guard !name.isEmpty, !value.isEmpty else { return nil }
        return (String(name).lowercased(), value)
    }

    /// The next line that says something, with the lines that continue it, and its number.
    private mutating func nextLine() -> (text: String, number: Int)? {
        while place < lines.count {
            let number = place + 1
            var line = ChangeText.trimmedAtStart(lines[place])
            place += 1
            guard !Self.isSilent(line) else { continue }
            var text = String.UnicodeScalarView()
            var isContinued = takeContinuation(from: &line)
            text.append(contentsOf: line)
            while isContinued, place < lines.count {
                line = lines[place]
                place += 1
                // Comments and empty lines do not end what is continued.
                guard !Self.isSilent(ChangeText.trimmedAtStart(line)) else { continue }
                isContinued = takeContinuation(from: &line)
                text.append(contentsOf: line)
            }
            if !ChangeText.trimmedAtStart(text[...]).isEmpty { return (String(text), number) }
        }
        return nil
    }

    private static func isSilent(_ line: ChangeText.Scalars) -> Bool { line.isEmpty || line.first == "#" }

    /// Takes the escape character off the end of a line and says whether there was one that no other escapes.
    private func takeContinuation(from line: inout ChangeText.Scalars) -> Bool {
        var end = line
        while let last = end.last, last == " " || last == "\t" { end.removeLast() }
        guard end.last == escape, end.dropLast().last != escape else { return false }
        line = end.dropLast()
        return true
    }
}

extension ChangeReader {
    /// Takes the lines that belong to the heredocs of an ONBUILD.
    ///
    /// - Returns: Those lines, a line feed before each.
    private mutating func takeHeredocs(of statement: ChangeStatement) throws(ChangeError.Reason) -> String {
        guard case .trigger(let inner) = statement.arguments, Self.heredocTriggers.contains(inner.name) else {
            return ""
        }
        var taken = String.UnicodeScalarView()
        for word in ChangeText.words(inner.text.unicodeScalars[...], escape: "\\") {
            guard let heredoc = try Self.heredoc(word) else { continue }
            var isEnded = false
            while !isEnded {
                guard place < lines.count else { throw .unterminatedHeredoc(String(heredoc.name)) }
                let line = lines[place]
                place += 1
                let end = heredoc.dropsTabs ? line.drop { $0 == "\t" } : line
                isEnded = end.elementsEqual(heredoc.name)
                taken.append("\n")
                // The end is written without the tabs before it, as Docker does.
                taken.append(contentsOf: isEnded ? end : line)
            }
        }
        return String(taken)
    }

    /// Reads `<<NAME` and `<<-NAME`, a number before it or quotes around the name; nil when a word is something else.
    private static func heredoc(
        _ word: String
    ) throws(ChangeError.Reason) -> (name: ChangeText.Scalars, dropsTabs: Bool)? {
        var rest = word.unicodeScalars.drop { ("0"..."9").contains($0) }
        guard rest.starts(with: "<<".unicodeScalars) else { return nil }
        rest = rest.dropFirst(2)
        let dropsTabs = rest.first == "-"
        if dropsTabs { rest.removeFirst() }
        guard let first = rest.first, !rest.contains("<") else { return nil }
        if first == "'" || first == "\"", rest.count > 2, rest.last == first { rest = rest.dropFirst().dropLast() }
        // A name put together of quoted parts is possible in Docker, and of no use.
        guard !rest.contains(where: { "'\"\\".unicodeScalars.contains($0) }) else { throw .heredocName(word) }
        return (rest, dropsTabs)
    }
}
