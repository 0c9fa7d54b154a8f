/// A part of a name, at its beginning or end where `^` or `$` says so: what people use of Docker's regular expressions.
struct NamePattern {
    private let part: String
    private let isFirst: Bool
    private let isLast: Bool

    /// Reads what stands behind `name=`.
    init(_ text: String) {
        isFirst = text.first == "^"
        var part = isFirst ? text.dropFirst() : text[...]
        isLast = part.last == "$"
        if isLast { part.removeLast() }
        self.part = String(part)
    }

    /// Whether a name has the part where it must be.
    func accepts(_ name: String) -> Bool {
        switch (isFirst, isLast) {
        case (true, true): name == part
        case (true, false): name.hasPrefix(part)
        case (false, true): name.hasSuffix(part)
        case (false, false): part.isEmpty || name.contains(part)
        }
    }
}
