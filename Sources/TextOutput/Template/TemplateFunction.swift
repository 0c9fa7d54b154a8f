/// The functions that templates may call: Go's own, less those for web pages, and Docker's.
///
/// Source: Go `text/template`, section "Functions"; docker/cli `templates/templates.go`.
enum TemplateFunction: String, CaseIterable {
    case and
    case eq
    case ge
    case gt
    case index
    case join
    case json
    case le
    case len
    case lower
    case lt
    case ne
    case not
    case or
    case pad
    case print
    case printf
    case println
    case slice
    case split
    case title
    case truncate
    case upper

    /// How many arguments the function takes.
    var argumentCounts: ClosedRange<Int> {
        switch self {
        case .json, .len, .lower, .not, .title, .upper: 1...1
        case .ge, .gt, .join, .le, .lt, .ne, .split, .truncate: 2...2
        case .pad: 3...3
        case .and, .eq, .index, .or, .printf, .slice: 1...Int.max
        case .print, .println: 0...Int.max
        }
    }

    /// Whether Docker replaces the function when it makes the header of a table, so that the header stays as it is.
    var isIdentityInHeader: Bool {
        switch self {
        case .join, .json, .lower, .split, .title, .truncate, .upper: true
        default: false
        }
    }

    /// The functions of Go that are left out.
    static let unsupported: Set<String> = ["call", "html", "js", "urlquery"]
}
