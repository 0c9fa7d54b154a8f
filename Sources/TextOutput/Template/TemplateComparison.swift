/// Comparison as Go's templates do it, except that integers and other numbers may be compared.
enum TemplateComparison {
    /// Whether the first value equals one of the others.
    static func isAnyEqual(_ values: [TemplateValue]) throws(TemplateFailure) -> Bool {
        guard values.count > 1 else { throw .call("missing argument for comparison") }
        for other in values[1...] {
            if try isEqual(values[0], other) { return true }
        }
        return false
    }

    private static func isEqual(_ left: TemplateValue, _ right: TemplateValue) throws(TemplateFailure) -> Bool {
        if left.isNil || right.isNil { return left.isNil && right.isNil }
        switch (left, right) {
        case (.bool(let left), .bool(let right)): return left == right
        case (.text(let left), .text(let right)): return left.bytes == right.bytes
        case (.integer(let left), .integer(let right)): return left == right
        case (.list, .list), (.map, .map), (.record, .record):
            throw .call("non-comparable type \(left.typeName)")
        default:
            guard let left = number(left), let right = number(right) else {
                throw .call("incompatible types for comparison")
            }
            return left == right
        }
    }

    /// Whether a value is less than another: numbers by their value, texts by their bytes.
    static func isLess(_ left: TemplateValue, _ right: TemplateValue) throws(TemplateFailure) -> Bool {
        switch (left, right) {
        case (.integer(let left), .integer(let right)): return left < right
        case (.text(let left), .text(let right)): return left.bytes.lexicographicallyPrecedes(right.bytes)
        default: break
        }
        if let left = number(left), let right = number(right) { return left < right }
        guard isOrdered(left), isOrdered(right) else { throw .call("invalid type for comparison") }
        throw .call("incompatible types for comparison")
    }

    private static func isOrdered(_ value: TemplateValue) -> Bool {
        switch value {
        case .integer, .number, .text: true
        default: false
        }
    }

    private static func number(_ value: TemplateValue) -> Double? {
        switch value {
        case .integer(let value): Double(value)
        case .number(let text): Double(text)
        default: nil
        }
    }
}
