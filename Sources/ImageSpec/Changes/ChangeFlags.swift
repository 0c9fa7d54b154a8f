/// The flags between an instruction's name and its words.
///
/// Source: buildkit `frontend/dockerfile/parser/split_command.go`, `frontend/dockerfile/instructions/bflag.go`.
enum ChangeFlags {
    /// Takes the flags off the beginning of a text, up to the first word that is none or a `--` alone.
    ///
    /// - Returns: The flags, each with its dashes and without quotes and backslashes, and the rest.
    static func split(_ text: ChangeText.Scalars) -> (flags: [String], rest: ChangeText.Scalars) {
        var flags: [String] = []
        var rest = ChangeText.trimmedAtStart(text)
        while rest.starts(with: "--".unicodeScalars) {
            let flag = takeWord(from: &rest)
            if flag == "--" { break }
            flags.append(flag)
            rest = ChangeText.trimmedAtStart(rest)
        }
        return (flags, rest)
    }

    /// Reads flags that all have a value.
    ///
    /// - Parameters:
    ///   - flags: With their dashes.
    ///   - names: Those that are known, without dashes.
    /// - Returns: The values by name.
    /// - Throws: When a flag is unknown, stands there twice or has no value.
    static func values(_ flags: [String], known names: Set<String>) throws(ChangeError.Reason) -> [String: String] {
        var values: [String: String] = [:]
        for flag in flags {
            let flag = flag.unicodeScalars.dropFirst(2)
            let name = String(flag.prefix { $0 != "=" })
            guard names.contains(name) else { throw .unknownFlag(name) }
            guard values[name] == nil else { throw .repeatedFlag(name) }
            guard let place = flag.firstIndex(of: "=") else { throw .flagWithoutValue(name) }
            values[name] = String(flag[place...].dropFirst())
        }
        return values
    }

    /// Refuses flags at an instruction that has none.
    static func refuseAll(_ flags: [String]) throws(ChangeError.Reason) {
        _ = try values(flags, known: [])
    }

    private static func takeWord(from rest: inout ChangeText.Scalars) -> String {
        var word = String.UnicodeScalarView()
        var quote: Unicode.Scalar?
        while let scalar = rest.first {
            if quote == nil, scalar.properties.isWhitespace { break }
            rest.removeFirst()
            if let open = quote, scalar == open {
                quote = nil
            } else if quote == nil, scalar == "'" || scalar == "\"" {
                quote = scalar
            } else if scalar == "\\" {
                // Always a backslash, whatever the escape character is.
                if let next = rest.popFirst() { word.append(next) }
            } else {
                word.append(scalar)
            }
        }
        return String(word)
    }
}
