import LayerModel
import LayerSystem
import LayerTree

extension StoreInspection {
    /// Looks at all volumes; their files are nobody's but their users'.
    mutating func inspectVolumes() {
        for (name, directory) in directories(in: StoreLayout.volumes) {
            guard VolumeName.isPossible(name) else {
                unknown(StoreLayout.volumes, name.utf8)
                continue
            }
            counts[.volume, default: 0] += 1
            inspectVolume(name, directory)
            if isAbsent(StoreLayout.volume(name)) {
                forget(.volume, name)
                counts[.volume, default: 1] -= 1
            }
        }
    }

    private mutating func inspectVolume(_ name: String, _ directory: Directory) {
        for entry in list(directory, of: .volume, name) {
            let text = String(decoding: entry, as: UTF8.self)
            if text == LayerStore.volumeRecordName {
                inspect(entry, in: directory, .volume, name, entry, is: .regular)
            } else if text.hasPrefix(RecordFile.temporaryPrefix) {
                note("volumes/\(name)/\(text): a record that was not finished; the next one to write removes it")
            } else if UnionTree.isLeftover(entry) {
                note("volumes/\(name)/\(text): left over from work that was cut off, or is being done")
            } else if text != StoreLayout.data {
                report(StoreFinding(.volume, name, entry, "unexpected: no volume has such a file"))
            }
        }
        do {
            if try directory.statusIfPresent(StoreLayout.data)?.kind != .directory {
                let path = Array(StoreLayout.data.utf8)
                report(StoreFinding(.volume, name, path, "missing, or no directory", remedy: Remedy.volume(name)))
            }
        } catch {
            // A mount of another user's lets nobody look at it.
            guard error.isNotPermitted else { return report(.volume, name, error, in: directory) }
        }
        do {
            guard try store.volume(named: name) == nil else { return }
            let path = Array(LayerStore.volumeRecordName.utf8)
            report(StoreFinding(.volume, name, path, "missing; \(kept(name))", remedy: Remedy.volume(name)))
        } catch let error as StorageError {
            let path = Array(LayerStore.volumeRecordName.utf8)
            report(StoreFinding(.volume, name, path, "\(error.reason); \(kept(name))", remedy: Remedy.volume(name)))
        } catch { report(.volume, name, error, in: directory, remedy: Remedy.volume(name)) }
    }

    /// A removal takes the files as well.
    private func kept(_ name: String) -> String {
        "its files are in \(EscapedText.name(store.volumePath(name).utf8)): copy them before it is removed"
    }
}
