import LayerDriver
import LayerModel
import LayerSystem
import LayerTree

extension StoreInspection {
    /// Looks at the root and what lies right in it.
    mutating func inspectRoot() throws {
        if let error = StoreLayout.formatDamage(in: root) {
            report(.store, "", error, in: root, remedy: Remedy.repair, .format)
        }
        inspect(Array(StoreLayout.formatName.utf8), in: root, .store, "", nil, is: .regular)
        let isOpen = try root.status().mode & 0o077 != 0
        for name in StoreLayout.all {
            guard let status = try root.statusIfPresent(name) else {
                report(StoreFinding(.store, "", Array(name.utf8), "missing", remedy: Remedy.repair))
                continue
            }
            inspect(Array(name.utf8), in: root, .store, "", nil, is: .directory)
            // What is in them is kept from others by one closed door: the root's, or their own.
            guard isOpen, status.kind == .directory, status.mode & 0o055 != 0, status.mode & 0o022 == 0 else {
                continue
            }
            let reason = "others can look into it (mode \(String(status.mode, radix: 8)))"
            let fix = StoreFix.Action.mode(Array(name.utf8), root, status.mode & 0o700)
            report(StoreFinding(.store, "", Array(name.utf8), reason, remedy: Remedy.repair), fix)
        }
        let own = StoreLayout.all + [StoreLayout.lockName, StoreLayout.formatName, StoreLayout.mounts]
        for name in try root.list() where !own.contains(where: { name.elementsEqual($0.utf8) }) {
            if name.starts(with: RecordFile.temporaryPrefix.utf8) {
                note("\(EscapedText.name(name)): a record that was not finished; the next one to write removes it")
            } else if name.starts(with: DriverProbe.trialPrefix.utf8) {
                note(
                    "\(EscapedText.name(name)): where a mount tries out what works, or a killed one has; gc removes that"
                )
            } else {
                unknown("", name)
            }
        }
    }

    /// Looks what a name of the store's own is, whom it belongs to, and whether others can write it.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - directory: Where it is.
    ///   - kind: What it belongs to.
    ///   - id: Which one.
    ///   - path: What the name is called below that; nil for the name itself, or for the thing as a whole where it has an ID.
    ///   - fileKind: What it should be.
    mutating func inspect(
        _ name: [UInt8],
        in directory: Directory,
        _ kind: StoreFinding.Kind,
        _ id: String,
        _ path: [UInt8]?,
        is fileKind: EntryKind
    ) {
        let shown = path ?? (id.isEmpty ? name : nil)
        do {
            guard let status = try directory.statusIfPresent(name) else { return }
            guard status.kind == fileKind else {
                let what = fileKind == .directory ? "it is no directory" : "it is no regular file"
                return report(StoreFinding(kind, id, shown, what))
            }
            if status.mode & 0o022 != 0 {
                let reason = "others can write it (mode \(String(status.mode, radix: 8)))"
                let fix = StoreFix.Action.mode(name, directory, status.mode & ~0o022)
                report(StoreFinding(kind, id, shown, reason, remedy: Remedy.repair), fix)
            }
            if status.uid != owner {
                let reason = "it belongs to user \(status.uid), and the store to \(owner)"
                let fix = StoreFix.Action.owner(name, directory, owner, status.gid)
                report(StoreFinding(kind, id, shown, reason, remedy: Remedy.repair), fix)
            }
        } catch { report(kind, id, error, in: directory) }
    }

    /// Looks whom the store's own files of layers belong to; a tree's root has the owner and mode of the layer's.
    mutating func inspectLayerFiles() {
        let kinds: [([UInt8], EntryKind)] = [
            (Array("layer.json".utf8), .regular), (LayerUnpacker.indexName, .regular),
            (LayerUnpacker.shadowedName, .directory),
        ]
        for key in layers {
            guard let directory = open(StoreLayout.layer(key), of: .layer, key.digest.description) else { continue }
            for (name, kind) in kinds { inspect(name, in: directory, .layer, key.digest.description, name, is: kind) }
        }
    }

    /// Looks at the places where images are mounted.
    mutating func inspectMounts() {
        // What is shown there is no concern of the store's: not even its mode.
        guard let directory = open([StoreLayout.mounts], of: .store, "") else { return }
        for name in list(directory, of: .store, "") {
            let text = String(decoding: name, as: UTF8.self).replacing("-", with: ":", maxReplacements: 1)
            if LayerStore.digest(text) == nil { unknown(StoreLayout.mounts, name) }
        }
    }

    /// Counts what dead processes have left.
    mutating func noteLeftovers() {
        for name in [StoreLayout.staging, StoreLayout.trash] {
            guard let directory = open([name], of: .store, "") else { continue }
            let count = list(directory, of: .store, "").count
            guard count > 0 else { continue }
            note(
                "\(name): \(count) left over from work that was cut off; the next one to write removes it (layerctl gc)"
            )
        }
    }
}
