/// A Go struct: its fields are known, and asking for another is an error.
package struct TemplateRecord: Sendable {
    /// The fields that are there, in their order.
    package let members: [TemplateMember]
    /// Fields that may be absent, with what they are.
    package let shapes: KeyValuePairs<String, TemplateShape>
    /// Whether this is a row of a table, which Docker writes as JSON through `json.Marshal`: sorted, with HTML escaped.
    package let isRow: Bool
    /// What `.Label "NAME"` gives; nil where that is no method of the record.
    package let labels: TemplateLabels?

    /// Makes a record.
    ///
    /// - Parameters:
    ///   - members: The fields that are there, in their order.
    ///   - shapes: The fields that may be absent and then have the zero value of their shape.
    ///   - isRow: Whether its JSON is sorted and has HTML escaped.
    ///   - labels: What `.Label "NAME"` gives; nil where that is no method.
    package init(
        _ members: [TemplateMember],
        shapes: KeyValuePairs<String, TemplateShape> = [:],
        isRow: Bool = false,
        labels: TemplateLabels? = nil
    ) {
        self.labels = labels
        self.members = members
        self.shapes = shapes
        self.isRow = isRow
    }

    /// The names of all fields, sorted.
    var fieldNames: [String] {
        let absent = shapes.lazy.map(\.key).filter { key in !members.contains { $0.isNamed(key.utf8) } }
        return (members.map(\.name) + absent).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// The value of a field, or nil when there is no such field.
    func value(of field: String) -> TemplateValue? {
        if let member = members.first(where: { $0.isNamed(field.utf8) }) { return member.value }
        return shapes.first { $0.key.utf8.elementsEqual(field.utf8) }?.value.zero
    }
}
