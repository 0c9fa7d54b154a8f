import ImageSpec
import LayerModel
import LayerSystem

extension StoreInspection {
    /// Looks at all names.
    mutating func inspectNames() {
        var found: [(place: [String], name: LayerStore.FoundName)] = []
        do {
            try store.forEachName { found.append(($0, $1)) }
        } catch { report(.store, "", error, in: root) }
        found.sort { $0.place.lexicographicallyPrecedes($1.place) }
        for (place, name) in found {
            switch name {
            case .record(let record):
                counts[.name, default: 0] += 1
                inspectFile(of: record, at: place)
                inspectUse(of: record.id, by: .name, record.reference.familiar)
            case .damaged(let error): inspectDamaged(place, error)
            case .hidden: inspectHidden(place)
            }
        }
    }

    private mutating func inspectFile(of record: NameRecord, at place: [String]) {
        guard let directory = open([StoreLayout.names] + place.dropLast(), of: .store, "") else { return }
        inspect(
            Array(place[place.count - 1].utf8),
            in: directory,
            .name,
            record.reference.familiar,
            nil,
            is: .regular
        )
    }

    private mutating func inspectHidden(_ place: [String]) {
        if place[place.count - 1].hasPrefix(RecordFile.temporaryPrefix) {
            note(
                "names/\(place.joined(separator: "/")): a record that was not finished; the next one to write removes it"
            )
        } else {
            unknown("\(StoreLayout.names)/\(place.dropLast().joined(separator: "/"))", place[place.count - 1].utf8)
        }
    }

    private mutating func inspectDamaged(_ place: [String], _ error: any Error) {
        guard let reference = LayerStore.reference(at: place) else {
            if let error = error as? SystemError, !error.isOfPlace { return report(.store, "", error, in: root) }
            return unknown(
                ([StoreLayout.names] + place.dropLast()).joined(separator: "/"),
                place[place.count - 1].utf8
            )
        }
        counts[.name, default: 0] += 1
        let remedy = Remedy.tag(reference.familiar, store.imageIDTold(at: place))
        report(.name, reference.familiar, error, remedy: remedy, .name(place))
    }
}

extension LayerStore {
    /// The name that belongs at a place; nil for a place that no name has.
    static func reference(at place: [String]) -> ImageReference? {
        guard let tag = place.last, tag.hasPrefix(":"), place.count > 1 else { return nil }
        return reference(place.dropLast().joined(separator: "/") + tag)
    }

    /// The image that a damaged record of a name still tells.
    ///
    /// - Parameter place: The components of the record's place.
    /// - Returns: The only image of the store whose whole digits stand in the record; nil for none.
    func imageIDTold(at place: [String]) -> ImageID? {
        do {
            guard let directory = try root?.openIfPresent([StoreLayout.names] + place.dropLast()),
                let file = try directory.openFileIfPresent(place[place.count - 1])
            else { return nil }
            let text = String(decoding: try file.readAll(byteLimit: 1 << 16), as: UTF8.self)
            let told = try imageIDs().filter { text.contains($0.digest.hex) }
            return told.count == 1 ? told[0] : nil
        } catch {
            return nil
        }
    }
}
