/// Reads a template into nodes.
///
/// Source: Go `text/template/parse`, `parse.go`.
struct TemplateParser {
    /// How deep blocks and parentheses may be nested: reading and executing recurse once a level.
    static let greatestDepth = 100

    /// What ended a list of nodes.
    private enum Terminator: Equatable {
        case end
        case `else`
        /// An `else` with a keyword behind it.
        case elseControl(TemplateToken.Keyword)
        case endOfText
    }

    let source: [UInt8]
    let tokens: [TemplateToken]
    var index = 0
    var depth = 0
    var variables = ["$"]
    private var rangeDepth = 0
    /// The `{{end}}` or `{{else}}` that was passed over last.
    private var lastTerminator: TemplateToken?

    private init(_ source: [UInt8]) throws(TemplateError) {
        self.source = source
        self.tokens = try TemplateLexer.tokens(of: source)
    }

    /// The nodes of a whole template.
    static func nodes(of source: [UInt8]) throws(TemplateError) -> [TemplateNode] {
        var parser = try Self(source)
        let list = try parser.list()
        switch list.terminator {
        case .endOfText: return list.nodes
        case .end: throw parser.error("unexpected {{end}}", at: parser.lastTerminator ?? parser.peek)
        default: throw parser.error("unexpected {{else}}", at: parser.lastTerminator ?? parser.peek)
        }
    }

    /// Nodes up to the `{{end}}` or `{{else}}` that belongs to the block around them; that is passed over.
    private mutating func list() throws(TemplateError) -> (nodes: [TemplateNode], terminator: Terminator) {
        var nodes: [TemplateNode] = []
        while true {
            let token = peek
            switch token.kind {
            case .end: return (nodes, .endOfText)
            case .text:
                index += 1
                nodes.append(.text(Array(source[token.range])))
            default:
                index += 1
                skipSpaces()
                guard case .keyword(let word) = peek.kind, ![.null, .true, .false].contains(word) else {
                    nodes.append(.action(try pipeline(in: .command, until: .rightDelimiter)))
                    break
                }
                index += 1
                if let terminator = try terminator(word) { return (nodes, terminator) }
                nodes.append(try control(word))
            }
        }
    }

    /// What a keyword ends, or nil when it ends nothing.
    private mutating func terminator(_ word: TemplateToken.Keyword) throws(TemplateError) -> Terminator? {
        lastTerminator = tokens[index - 1]
        switch word {
        case .end:
            try closeDelimiter(after: "end")
            return .end
        case .else:
            skipSpaces()
            if case .keyword(let next) = peek.kind, next == .if || next == .with {
                index += 1
                return .elseControl(next)
            }
            try closeDelimiter(after: "else")
            return .else
        default: return nil
        }
    }

    /// A node that begins with a keyword; the keyword is passed over.
    private mutating func control(_ word: TemplateToken.Keyword) throws(TemplateError) -> TemplateNode {
        let token = tokens[index - 1]
        switch word {
        case .if: return .conditional(try branch(.if))
        case .with: return .with(try branch(.with))
        case .range: return .range(try branch(.range))
        case .breakLoop, .continueLoop:
            try closeDelimiter(after: word.rawValue)
            guard rangeDepth > 0 else { throw error("{{\(word.rawValue)}} outside {{range}}", at: token) }
            return word == .breakLoop ? .breakLoop : .continueLoop
        default: throw error("{{\(word.rawValue)}} is not supported", at: token)
        }
    }

    /// The rest of an `if`, a `with` or a `range`, up to and with its `{{end}}`.
    private mutating func branch(_ word: TemplateToken.Keyword) throws(TemplateError) -> TemplateBranch {
        let opening = tokens[index - 1]
        try enter()
        defer { depth -= 1 }
        let scope = variables.count
        defer { variables.removeLast(variables.count - scope) }
        let context: Context = word == .range ? .range : word == .with ? .with : .if
        let pipeline = try pipeline(in: context, until: .rightDelimiter)
        rangeDepth += word == .range ? 1 : 0
        let body = try list()
        rangeDepth -= word == .range ? 1 : 0
        var alternative: [TemplateNode] = []
        switch body.terminator {
        case .end: break
        case .endOfText: throw error("unexpected end of template: {{\(word.rawValue)}} has no {{end}}", at: opening)
        case .elseControl(let next):
            guard next == word else { throw error("unexpected {{else \(next.rawValue)}}", at: lastTerminator ?? peek) }
            let node = try branch(next)
            alternative = [next == .if ? .conditional(node) : .with(node)]
        case .else:
            let rest = try list()
            guard rest.terminator == .end else {
                let reason = rest.terminator == .endOfText ? "unexpected end of template" : "unexpected {{else}}"
                throw error("\(reason): {{\(word.rawValue)}} has no {{end}}", at: opening)
            }
            alternative = rest.nodes
        }
        return TemplateBranch(pipeline: pipeline, body: body.nodes, alternative: alternative)
    }

    private mutating func closeDelimiter(after word: String) throws(TemplateError) {
        skipSpaces()
        guard peek.kind == .rightDelimiter else { throw unexpected(peek, in: word) }
        index += 1
    }
}
