import ImageSpec
import LayerModel
import LayerSystem

/// The works of a store in which no driver takes part.
struct StoreBenchmark {
    /// The name under which the image is in the store.
    static let imageName = "bench.layerctl.test/image:measured"
    private static let unpackedName = "unpacked"
    private static let savedName = "saved.tar"
    private static let checkoutName = "checkout"

    let room: BenchmarkRoom
    let clock: BenchmarkClock
    let store: ImageStore
    /// The archive.
    let archive: ImageArgument
    let options: BenchmarkOptions
    /// What the image's tree holds.
    let image: BenchmarkReport.Image

    /// Does each work once.
    func run() throws {
        if clock.measures([.unpack]) { try unpack() }
        if clock.measures([.loadAgain]) {
            try clock.measure(.loadAgain) {
                _ = try store.load(archive, loadOptions)
                return image.fileCount
            }
        }
        if clock.measures([.verify]) {
            try clock.measure(.verify) {
                let report = try store.verify([Self.imageName], workerCount: options.workerCount)
                guard report.isIntact else { throw LayerError(.corrupt, "the image was damaged while it was measured") }
                return report.layers.reduce(0) { $0 + $1.byteCount }
            }
        }
        if clock.measures([.checkout]) { try checkout() }
        if clock.measures([.save]) { try save() }
    }

    private var loadOptions: LoadOptions {
        var loading = LoadOptions()
        loading.workerCount = options.workerCount
        // reason: it is a name, and a store of its own needs none
        loading.name = try? ImageReference(parsing: Self.imageName)
        return loading
    }

    private func unpack() throws {
        let path = room.path + "/" + Self.unpackedName
        let empty = try ImageStore(root: path, access: .writing, durability: options.durability)
        defer { try? room.directory.removeTree(Self.unpackedName) }  // reason: it goes with the room at the latest
        try clock.measure(.unpack) {
            _ = try empty.load(archive, loadOptions)
            return image.byteCount
        }
    }

    private func checkout() throws {
        try room.directory.makeDirectory(Self.checkoutName)
        defer { try? room.directory.removeTree(Self.checkoutName) }  // reason: as above
        var mounting = MountOptions()
        mounting.driver = "copy"
        try clock.measure(.checkout) {
            _ = try store.mount(Self.imageName, at: room.path + "/" + Self.checkoutName, mounting)
            return image.byteCount
        }
    }

    private func save() throws {
        var saving = SaveOptions()
        saving.workerCount = options.workerCount
        let file = try room.directory.createFile(Self.savedName)
        defer { try? room.directory.unlink(Self.savedName) }  // reason: as above
        try clock.measure(.save) {
            try store.save([Self.imageName], saving) { try file.write($0) }
            return try file.byteCount()
        }
    }
}
