/// What `.Label "NAME"` gives.
///
/// Source: docker/cli `cli/command/formatter/container.go`, `Label`; `custom.go`, `SubHeaderContext`.
package enum TemplateLabels: Sendable {
    /// The value of a label; nothing where there is none of that name.
    case values(TemplateMap)
    /// What stands above a column: the last part of the name, with blanks for dashes.
    case headers

    /// The text for a name.
    func text(_ name: TemplateText) -> TemplateValue {
        switch self {
        case .values(let labels): return labels.value(of: name.bytes) ?? .string("")
        case .headers:
            let last = name.bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).last ?? []
            let blank = last.map { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") ? UInt8(ascii: " ") : $0 }
            return .text(TemplateText(blank, asExactAs: name))
        }
    }
}
