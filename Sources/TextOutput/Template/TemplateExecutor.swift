/// One execution of a template.
///
/// Source: Go `text/template`, `exec.go`.
struct TemplateExecutor {
    /// How a list of nodes was left.
    private enum Flow {
        case next
        case breakLoop
        case continueLoop
    }

    /// The greatest integer that `range` counts up to: a slip of the pen should not print for ever.
    private static let rangeLimit: Int64 = 1_000_000

    let source: [UInt8]
    let root: TemplateValue
    let kept: TerminalText.Kept
    let isHeader: Bool
    var output: [UInt8] = []
    private var variables: [(name: String, value: TemplateValue)]

    init(source: [UInt8], value: TemplateValue, kept: TerminalText.Kept, isHeader: Bool) {
        self.source = source
        self.root = value
        self.kept = kept
        self.isHeader = isHeader
        variables = [("$", value)]
    }

    /// Executes a whole template.
    mutating func run(_ nodes: [TemplateNode]) throws(TemplateError) {
        _ = try walk(nodes, dot: root)
    }

    private mutating func walk(_ nodes: [TemplateNode], dot: TemplateValue) throws(TemplateError) -> Flow {
        for node in nodes {
            var flow = Flow.next
            switch node {
            case .text(let bytes): output.append(contentsOf: bytes)
            case .action(let pipeline):
                let value = try evaluate(pipeline, dot: dot)
                if pipeline.variables.isEmpty { GoFormatter.text(printing: value).write(to: &output, keeping: kept) }
            case .conditional(let branch): flow = try choose(branch, dot: dot, setsDot: false)
            case .with(let branch): flow = try choose(branch, dot: dot, setsDot: true)
            case .range(let branch): flow = try loop(branch, dot: dot)
            case .breakLoop: flow = .breakLoop
            case .continueLoop: flow = .continueLoop
            }
            if flow != .next { return flow }
        }
        return .next
    }

    private mutating func choose(
        _ branch: TemplateBranch,
        dot: TemplateValue,
        setsDot: Bool
    ) throws(TemplateError) -> Flow {
        let scope = variables.count
        defer { variables.removeLast(variables.count - scope) }
        let value = try evaluate(branch.pipeline, dot: dot)
        if value.isTrue { return try walk(branch.body, dot: setsDot ? value : dot) }
        return try walk(branch.alternative, dot: dot)
    }

    private mutating func loop(_ branch: TemplateBranch, dot: TemplateValue) throws(TemplateError) -> Flow {
        let scope = variables.count
        defer { variables.removeLast(variables.count - scope) }
        let value = try evaluate(branch.pipeline, dot: dot)
        var isEmpty = true
        switch value {
        case .missing, .null: break
        case .list(let elements):
            for (index, element) in elements.enumerated() {
                isEmpty = false
                guard try iterate(branch, .integer(Int64(index)), element) else { break }
            }
        case .map(let map):
            for member in map.members {
                isEmpty = false
                guard try iterate(branch, .string(member.name), member.value) else { break }
            }
        case .integer(let count):
            try checkRange(over: count, branch.pipeline)
            for index in 0..<max(0, count) {
                isEmpty = false
                guard try iterate(branch, .integer(index), .integer(index)) else { break }
            }
        default:
            let place = branch.pipeline.commands[0].range
            throw error("range can't iterate over a value of type \(value.typeName)", at: place)
        }
        return isEmpty ? try walk(branch.alternative, dot: dot) : .next
    }

    private func checkRange(over count: Int64, _ pipeline: TemplatePipeline) throws(TemplateError) {
        let place = pipeline.commands[0].range
        guard pipeline.variables.count < 2 else {
            throw error("can't use \(count) to iterate over more than one variable", at: place)
        }
        guard count <= Self.rangeLimit else { throw error("range over more than \(Self.rangeLimit)", at: place) }
    }

    /// One turn of a loop; false when it was the last by a `break`.
    private mutating func iterate(
        _ branch: TemplateBranch,
        _ key: TemplateValue,
        _ element: TemplateValue
    ) throws(TemplateError) -> Bool {
        let scope = variables.count
        defer { variables.removeLast(variables.count - scope) }
        let names = branch.pipeline.variables
        if let name = names.last { set(name, to: element) }
        if names.count > 1, let name = names.first { set(name, to: key) }
        return try walk(branch.body, dot: element) != .breakLoop
    }

    /// The value of a pipeline, which also goes into the variables that it declares or sets.
    mutating func evaluate(_ pipeline: TemplatePipeline, dot: TemplateValue) throws(TemplateError) -> TemplateValue {
        var value: TemplateValue?
        for command in pipeline.commands { value = try evaluate(command, final: value, dot: dot) }
        let result = value ?? .missing
        for name in pipeline.variables {
            if pipeline.isAssignment { set(name, to: result) } else { variables.append((name, result)) }
        }
        return result
    }

    private mutating func set(_ name: String, to value: TemplateValue) {
        guard let place = variables.lastIndex(where: { $0.name == name }) else { return }
        variables[place].value = value
    }

    /// The value of a variable, or nil when it is not set yet.
    func variable(_ name: String) -> TemplateValue? {
        variables.last { $0.name == name }?.value
    }

    /// An error about a part of the template.
    func error(_ reason: String, at place: Range<Int>) -> TemplateError {
        TemplateError(reason, at: place, of: source, isExecuting: true)
    }
}
