import LayerModel

/// The members of an archive by name; a name is a key and never a path of the host.
///
/// Links lead from member to member, as far as `linkLimit` allows, and cannot leave the archive: an absolute target is meant from
/// the archive's root, and `..` above the root leads nowhere.
struct MemberTable: Sendable {
    /// How many links are followed for one name; Linux follows 40 in a path, `man 7 path_resolution`.
    static let linkLimit = 40

    private var members: [LayerPath: Member] = [:]
    private var repeatedNames: Set<LayerPath> = []

    /// Enters a member.
    ///
    /// A name that comes twice is remembered as such: readers differ in which of the two they take, so that neither is given out.
    ///
    /// - Parameters:
    ///   - path: The name in canonical form; the root is passed over.
    ///   - member: What it is.
    mutating func insert(_ path: LayerPath, _ member: Member) {
        guard !path.isRoot else { return }
        if case .directory = member, members[path] != nil { return }
        let isRepeated: Bool
        switch members.updateValue(member, forKey: path) {
        case nil, .directory: isRepeated = false
        default: isRepeated = true
        }
        if isRepeated { repeatedNames.insert(path) }
    }

    /// The canonical form of a name; nil for one that no member can be asked for by (`..`, NUL, too long).
    static func path(of name: some Collection<UInt8>) -> LayerPath? {
        do throws(LayerPathError) {
            return try LayerPath(normalizing: name)
        } catch {
            return nil
        }
    }

    /// The names of all members, in no order.
    var names: some Collection<LayerPath> { members.keys }

    /// Follows a name to the bytes of a file.
    ///
    /// - Parameter path: The name in canonical form.
    /// - Returns: The file, or why there is none.
    func resolve(_ path: LayerPath) -> MemberLookup {
        var place: [[UInt8]] = []
        var pending: [[UInt8]] = path.components.reversed().map(Array.init)
        var linkCount = 0
        while let component = pending.popLast() {
            if component == Array("..".utf8) {
                if place.popLast() == nil { return .absent }
                continue
            }
            place.append(component)
            let here = LayerPath(canonical: Array(place.joined(separator: [UInt8(ascii: "/")])))
            if repeatedNames.contains(here) { return .repeated(here) }
            let target: [UInt8]
            switch members[here] {
            case nil, .directory: continue
            case .file(let blob): return pending.isEmpty ? .file(blob) : .absent
            case .other: return pending.isEmpty ? .notRegular : .absent
            case .hardLink(let name):
                guard pending.isEmpty else { return .absent }
                target = [UInt8(ascii: "/")] + name
            case .symbolicLink(let text):
                target = text
            }
            linkCount += 1
            guard linkCount <= Self.linkLimit else { return .tooManyLinks }
            if target.first == UInt8(ascii: "/") { place.removeAll() } else { place.removeLast() }
            pending += Self.components(of: target).reversed()
        }
        return members[LayerPath(canonical: Array(place.joined(separator: [UInt8(ascii: "/")])))] == nil
            ? .absent : .notRegular
    }

    /// The components of a link's target; `.` and doubled slashes are left out, `..` is kept.
    private static func components(of target: [UInt8]) -> [[UInt8]] {
        target.split(separator: UInt8(ascii: "/")).map(Array.init).filter { $0 != [UInt8(ascii: ".")] }
    }
}
