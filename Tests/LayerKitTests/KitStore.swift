import ImageSpec
import LayerKit
import LayerModel
import LayerTestKit
import Synchronization

/// A store in a scratch directory, through the library's front door.
struct KitStore: Sendable {
    private let scratch: ScratchDirectory
    let store: ImageStore

    /// The store's root.
    var path: String { scratch.path + "/store" }

    /// Makes an empty store.
    init(limits: InputLimits = .standard) throws {
        scratch = try ScratchDirectory()
        store = try ImageStore(root: scratch.path + "/store", access: .writing, limits: limits)
    }

    /// Loads a file of the host.
    @discardableResult
    func load(_ argument: String, _ options: LoadOptions = LoadOptions()) throws -> LoadReport {
        try store.load(.fileArgument(argument), options)
    }

    /// Loads an archive that a test made.
    @discardableResult
    func load(_ images: [MadeImage], _ options: LoadOptions = LoadOptions()) throws -> LoadReport {
        try load(file("made.tar", MadeImage.archive(images)), options)
    }

    /// Writes a file beside the store.
    ///
    /// - Returns: Its path.
    func file(_ name: String, _ bytes: [UInt8]) throws -> String {
        let path = scratch.path + "/" + name
        try TestFile.write(bytes, to: path)
        return path
    }

    /// What lies in the store, without directories and without when.
    func contents() throws -> [String] {
        try TreeLines.files(path).map { line in
            let columns = line.split(separator: "\t")
            return "\(columns[0]) \(columns[1]) \(columns[2]) \(columns[6])"
        }
    }

    /// The names of the layers' directories.
    func layerKeys() throws -> [String] {
        let path = path + "/layers/sha256"
        return TestFile.exists(path) ? try TestFile.list(path) : []
    }
}

/// Takes the events of a load from several threads.
final class EventRecorder: Sendable {
    private let recorded = Mutex<[LoadEvent]>([])

    var events: [LoadEvent] { recorded.withLock(\.self) }

    var plan: [PlannedLayer] {
        for case .planned(let plan) in events { return plan }
        return []
    }

    var advancedByteCount: Int64 {
        events.reduce(0) { sum, event in
            if case .advanced(let byteCount) = event { sum + byteCount } else { sum }
        }
    }

    var unpackedPlaces: [Int] {
        events.compactMap { event in
            if case .unpacked(let place) = event { place } else { nil }
        }
    }

    func record(_ event: LoadEvent) {
        recorded.withLock { $0.append(event) }
    }
}

extension LoadOptions {
    /// The usual choices for a platform.
    static func platform(_ os: String, _ architecture: String, _ variant: String? = nil) -> LoadOptions {
        var options = LoadOptions()
        options.platform = Platform(os: os, architecture: architecture, variant: variant)
        return options
    }
}
