/// What kind of Go value a JSON value stands for, so that a template sees what Docker's templates see.
///
/// A Go struct and a Go map are both objects in JSON, but a template treats them differently: a field that a struct has
/// not is an error, a key that a map has not is `<no value>`. And a `null` or an omitted member of a struct is the zero
/// value of its type: an empty list can be joined and measured, the zero of a string is empty.
package indirect enum TemplateShape: Sendable {
    /// As Go decodes unknown JSON: objects are maps, `null` is no value.
    case any
    case bool
    case integer
    case text
    /// A list, or `null` for an empty one.
    case list(TemplateShape)
    /// A map whose values have that shape, or `null` for an empty one.
    case map(TemplateShape)
    /// A struct with its fields, also those that JSON omits when they are empty; or `null` for a nil pointer to one.
    case record(KeyValuePairs<String, TemplateShape>)

    /// The value of a Go variable of this shape that was never set.
    var zero: TemplateValue {
        switch self {
        case .any: .missing
        case .bool: .bool(false)
        case .integer: .integer(0)
        case .text: .text(TemplateText())
        case .list, .map, .record: .null(self)
        }
    }
}
