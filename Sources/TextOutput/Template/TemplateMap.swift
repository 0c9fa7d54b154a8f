/// A Go map with string keys: ranged over and printed in the order of its keys' bytes.
package struct TemplateMap: Sendable {
    /// The members, sorted.
    package let members: [TemplateMember]
    /// What the values are: `index` gives the zero value of it for a key that is not there.
    package let elementShape: TemplateShape

    /// Makes a map.
    ///
    /// - Parameters:
    ///   - members: The members in any order, each name once.
    ///   - elementShape: What the values are.
    package init(_ members: [TemplateMember], elementShape: TemplateShape = .any) {
        self.members = members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        self.elementShape = elementShape
    }

    /// The value of a key, or nil when it is not there.
    func value(of key: some Sequence<UInt8>) -> TemplateValue? {
        members.first { $0.isNamed(key) }?.value
    }
}
