/// A name with its value, in a map or a record of a template.
package struct TemplateMember: Sendable {
    /// The key or the field's name.
    package let name: String
    /// The value.
    package let value: TemplateValue

    /// Makes a member.
    package init(name: String, value: TemplateValue) {
        self.name = name
        self.value = value
    }

    /// Whether the name has these bytes.
    func isNamed(_ bytes: some Sequence<UInt8>) -> Bool {
        name.utf8.elementsEqual(bytes)
    }
}
