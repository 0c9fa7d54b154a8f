// Builds an image of a base and a directory, and writes it as an OCI archive, which podman runs:
//
//     build-image BASE DIRECTORY NAME ARCHIVE COMMAND [ARGUMENT…]
//
// BASE is a file that any tool has saved an image to, or `scratch`; COMMAND is what a container is started with.
// No store, no daemon and no root is needed. SOURCE_DATE_EPOCH makes the archive the same whenever it is built.

import Foundation
import ImageSpec
import LayerKit
import LayerModel

/// What the program was asked for.
struct Order {
    let base: String
    let directory: String
    let name: ImageReference
    let archive: String
    let command: [String]

    init?(_ words: [String]) throws {
        guard words.count >= 5 else { return nil }
        (base, directory, archive) = (words[0], words[1], words[3])
        name = try ImageReference(parsing: words[2]).withDefaultTag
        command = Array(words[4...])
    }
}

/// Builds the image: nothing is read of the base but its documents before it is written.
func build(_ order: Order, at time: Timestamp) throws -> ImageDraft {
    var image =
        order.base == "scratch"
        ? try ImageDraft.empty() : try ArchiveImages(ImageArgument(order.base)).draft()

    // A layer of the directory, below /app, and of a file that is made here. What the base had in /app goes.
    var layer = LayerDraft()
    layer.latestTime = time
    layer.delete(try LayerPath(normalizing: "app".utf8))
    layer.add(directory: order.directory, at: try LayerPath(normalizing: "app".utf8))
    let note = try LayerPath(normalizing: "app/BUILT".utf8)
    let attributes = FileAttributes(mode: 0o644, modificationTime: time)
    layer.add([LayerEntry(note, .regular, attributes: attributes, content: Array("\(order.name.familiar)\n".utf8))])
    try image.append(layer.made(), CommitStep(created: time, createdBy: "build-image \(order.directory)"))

    // The config, by the instructions of a Dockerfile.
    let words = String(decoding: try JSONEncoder().encode(order.command), as: UTF8.self)
    let changes = try ConfigChanges(parsing: ["ENTRYPOINT \(words)", "WORKDIR /app", "LABEL built.by=build-image"])
    try image.change(changes, step: CommitStep(created: time, createdBy: "ENTRYPOINT \(words)"))
    image.references = [order.name]
    return image
}

/// Writes the image; a file that is there is replaced when the new one is whole.
func write(_ image: ImageDraft, to path: String) throws {
    let unfinished = path + ".unfinished"
    guard FileManager.default.createFile(atPath: unfinished, contents: nil),
        let file = FileHandle(forWritingAtPath: unfinished)
    else { throw LayerError(.failure, "\(unfinished): cannot be written") }
    var options = SaveOptions()
    options.format = .ociArchive
    options.compression = .gzip(level: 6)
    do {
        try ImageDraft.write([image], options) { try file.write(contentsOf: Data($0)) }
        try file.close()
        guard rename(unfinished, path) == 0 else { throw LayerError(.failure, "\(path): cannot be replaced") }
    } catch {
        unlink(unfinished)
        throw error
    }
}

do {
    guard let order = try Order(Array(CommandLine.arguments.dropFirst())) else {
        throw LayerError(.usage, "usage: build-image BASE DIRECTORY NAME ARCHIVE COMMAND [ARGUMENT...]")
    }
    let epoch = ProcessInfo.processInfo.environment["SOURCE_DATE_EPOCH"].flatMap(Int64.init)
    let image = try build(order, at: Timestamp(seconds: epoch ?? Int64(Date().timeIntervalSince1970)))
    try write(image, to: order.archive)
    print(image.id)
} catch {
    FileHandle.standardError.write(Data("build-image: \(error)\n".utf8))
    exit(1)
}
