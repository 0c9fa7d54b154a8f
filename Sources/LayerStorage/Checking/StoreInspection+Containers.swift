import ImageSpec
import LayerModel
import LayerSystem
import LayerTree

extension StoreInspection {
    /// Names in a container's directory that belong there, and whether they are directories.
    private static let containerNames: [String: EntryKind] = [
        LayerStore.containerRecordName: .regular, StoreLayout.upper: .directory, StoreLayout.work: .directory,
        StoreLayout.merged: .directory, StoreLayout.run: .directory, Checkout.recordName: .regular,
        Checkout.inodesName: .regular, Checkout.nextUpper: .directory, Checkout.formerUpper: .directory,
    ]

    /// Looks at all containers.
    mutating func inspectContainers() {
        for (name, directory) in directories(in: StoreLayout.containers) {
            guard let id = ContainerID(hex: name) else {
                unknown(StoreLayout.containers, name.utf8)
                continue
            }
            counts[.container, default: 0] += 1
            inspectContainer(id, directory)
            if isAbsent(StoreLayout.container(id)) {
                forget(.container, id.hex)
                counts[.container, default: 1] -= 1
            }
        }
    }

    private mutating func inspectContainer(_ id: ContainerID, _ directory: Directory) {
        let names = list(directory, of: .container, id.hex)
        for name in names { inspectPart(name, of: id, directory) }
        do {
            // A directory in the place of which another is put just now is one of these.
            let isBusy =
                try directory.statusIfPresent(Checkout.nextUpper) ?? directory.statusIfPresent(Checkout.formerUpper)
            for name in [StoreLayout.upper, StoreLayout.work] where try directory.statusIfPresent(name) == nil {
                guard isBusy == nil else { continue }
                report(StoreFinding(.container, id.hex, Array(name.utf8), "missing", remedy: Remedy.container(id)))
            }
            guard let record = try store.containerRecord(id) else {
                let path = Array(LayerStore.containerRecordName.utf8)
                return report(StoreFinding(.container, id.hex, path, "missing", remedy: Remedy.container(id)))
            }
            inspectNeeds(of: record)
        } catch { report(.container, id.hex, error, in: directory, remedy: Remedy.container(id)) }
        inspectCheckout(of: id, directory)
    }

    private mutating func inspectPart(_ name: [UInt8], of id: ContainerID, _ directory: Directory) {
        let text = String(decoding: name, as: UTF8.self)
        if let kind = Self.containerNames[text] {
            // What a container shows, and its own layer, have owners and modes of the container's.
            if kind == .directory, text != StoreLayout.run {
                inspectKind(name, of: id, directory)
            } else {
                inspect(name, in: directory, .container, id.hex, name, is: kind)
            }
        } else if text.hasPrefix(RecordFile.temporaryPrefix) || text.hasPrefix(StoreLayout.movedUpperPrefix) {
            note(
                "containers/\(id.short)/\(EscapedText.name(name)): left over from work that was cut off, or is being done"
            )
        } else {
            report(StoreFinding(.container, id.hex, name, "unexpected: no container has such a file"))
        }
    }

    private mutating func inspectKind(_ name: [UInt8], of id: ContainerID, _ directory: Directory) {
        do throws(SystemError) {
            guard let status = try directory.statusIfPresent(name), status.kind != .directory else { return }
            report(StoreFinding(.container, id.hex, name, "it is no directory", remedy: Remedy.container(id)))
        } catch {
            // A mount of another user's lets nobody look at it.
            guard error.isNotPermitted else { return report(.container, id.hex, error, in: directory) }
        }
    }

    private mutating func inspectNeeds(of record: ContainerRecord) {
        inspectUse(of: record.imageID, by: .container, record.id.hex)
        for layer in record.layers { inspectUse(of: layer, by: .container, record.id.hex) }
        for mount in record.mounts where mount.kind == .volume {
            // A volume whose record is damaged is one, and that is said of itself.
            guard let name = mount.name, VolumeName.isPossible(name), isAbsent(StoreLayout.volume(name)) else {
                continue
            }
            let remedy = "layerctl volume create \(name)"
            report(StoreFinding(.container, record.id.hex, nil, "its volume \(name) is not there", remedy: remedy))
        }
    }

    private mutating func inspectCheckout(of id: ContainerID, _ directory: Directory) {
        do {
            guard let checkout = try Checkout.current(of: id, in: store), checkout.state == .ready else { return }
            guard try checkout.rootIfPresent() != nil else {
                let reason =
                    "its checkout \(EscapedText.name(checkout.path)) is not there any more, and its changes with it"
                let remedy = "layerctl rm -f \(id.short)"
                return report(StoreFinding(.container, id.hex, nil, reason, remedy: remedy))
            }
            let file = try directory.openFile(Checkout.inodesName)
            try CheckoutRecord.check(file.readAll(byteLimit: Int(clamping: file.byteCount())))
        } catch let error as TreeError {
            let path = Array(Checkout.inodesName.utf8)
            report(StoreFinding(.container, id.hex, path, "\(error)", remedy: "layerctl rm -f \(id.short)"))
        } catch let error as StorageError where error.kind == .notFound {
            // The container went.
        } catch { report(.container, id.hex, error, in: directory, remedy: Remedy.container(id)) }
    }
}
