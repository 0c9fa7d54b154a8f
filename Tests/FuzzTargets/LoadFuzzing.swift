import LayerKit
import LayerModel
import LayerSystem
import LayerTestKit

/// Loading an archive into a store.
enum LoadFuzzing {
    /// Ends a layer in an input that is a list of them.
    private static let separator = Array("<layer>".utf8)

    /// An input that begins with an even byte is an archive; any other is the tars of layers, around which a good archive is put.
    static func load(_ bytes: [UInt8]) {
        guard let first = bytes.first else { return }
        let rest = Array(bytes.dropFirst())
        let archive = first & 1 == 0 ? TarMending.mended(rest) : MadeImage(tars: layers(in: rest)).archive
        do {
            let place = try ScratchPlace()
            let file = try place.directory.createFile(Array("archive".utf8))
            try archive.withUnsafeBytes { try file.write($0) }
            try load(place)
        } catch {
            preconditionFailure("no place for an input: \(error)")
        }
    }

    private static func load(_ place: ScratchPlace) throws {
        let store = try ImageStore(root: place.path(of: "store"), access: .writing, limits: TreeFuzzing.limits)
        let argument = ImageArgument.file(place.path(of: "archive"))
        do throws(LayerError) {
            let report = try store.load(argument)
            let listing = try store.images()
            precondition(listing.problems.isEmpty, "a loaded image is not whole: \(listing.problems)")
            // One image may stand in an archive twice.
            precondition(listing.images.count <= report.images.count, "more images than were loaded")
            for image in listing.images { _ = try image.history() }
            let verified = try store.verify([])
            precondition(verified.isIntact, "a loaded image does not verify")
        } catch {
            precondition(!error.message.isEmpty, "an error says nothing")
            try checkEmpty(place)
        }
    }

    /// After a refusal there is what a new store has, and nothing else.
    private static func checkEmpty(_ place: ScratchPlace) throws {
        let store = try place.directory.open(Array("store".utf8))
        for kind in ["layers", "images", "names", "blobs"] {
            // reason: what is not there is empty
            guard let directory = try? store.open(Array(kind.utf8)) else { continue }
            for algorithm in try directory.list() {
                let left = try directory.open(algorithm).list()
                precondition(left.isEmpty, "a refused archive left something in \(kind)")
            }
        }
        for kind in ["staging", "trash"] {
            // reason: what is not there is empty
            guard let directory = try? store.open(Array(kind.utf8)) else { continue }
            let left = try directory.list()
            precondition(left.isEmpty, "a refused archive left something in \(kind)")
        }
    }

    private static func layers(in bytes: [UInt8]) -> [[UInt8]] {
        var layers: [[UInt8]] = []
        var start = 0
        var position = 0
        while position + separator.count <= bytes.count, layers.count < 4 {
            if bytes[position..<position + separator.count].elementsEqual(separator) {
                layers.append(TarMending.mended(Array(bytes[start..<position])))
                position += separator.count
                start = position
            } else {
                position += 1
            }
        }
        return layers + [TarMending.mended(Array(bytes[start...]))]
    }
}
