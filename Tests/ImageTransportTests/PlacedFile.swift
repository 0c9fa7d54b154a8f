import Foundation
import Glibc
import ImageSpec
import ImageTransport
import LayerTestKit

/// A file that a test puts on the disk, or lets come out of a pipe.
final class PlacedFile {
    /// How the bytes are offered.
    enum Way: String, CaseIterable {
        case file
        case pipe
    }

    let path: String
    private let scratch: ScratchDirectory

    /// Places bytes.
    init(_ bytes: [UInt8], _ way: Way = .file) throws {
        scratch = try ScratchDirectory()
        path = scratch.path + "/image"
        switch way {
        case .file: try Data(bytes).write(to: URL(fileURLWithPath: path))
        case .pipe:
            guard mkfifo(path, 0o600) == 0 else { throw CocoaError(.fileWriteUnknown) }
            let path = path
            Thread.detachNewThread {
                signal(SIGPIPE, SIG_IGN)
                let descriptor = Glibc.open(path, O_WRONLY)
                var done = 0
                while done < bytes.count {
                    let count = bytes[done...].withUnsafeBytes {
                        write(descriptor, $0.baseAddress, min($0.count, 10_007))
                    }
                    if count <= 0 { break }
                    done += count
                }
                close(descriptor)
            }
        }
    }

    /// Places an archive.
    convenience init(_ archive: SampleArchive, _ way: Way = .file) throws {
        try self.init(archive.bytes, way)
    }

    /// Places the members as files of a directory; links as links.
    init(directory archive: SampleArchive) throws {
        scratch = try ScratchDirectory()
        path = scratch.path + "/layout"
        for member in archive.members where member.typeFlag != "5" {
            let file = URL(fileURLWithPath: path + "/" + member.name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            if member.typeFlag == "6" {
                guard mkfifo(file.path, 0o600) == 0 else { throw CocoaError(.fileWriteUnknown) }
            } else if member.typeFlag == "2" {
                try FileManager.default.createSymbolicLink(atPath: file.path, withDestinationPath: member.link)
            } else {
                try Data(member.content).write(to: file)
            }
        }
    }

    /// Adds bytes to a file of the directory.
    func append(_ bytes: [UInt8], to name: String) throws {
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path + "/" + name))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data(bytes))
        try handle.close()
    }

    /// Opens the file.
    func open(
        _ selector: String? = nil,
        platform: PlatformRequest = .host(Platform(os: "linux", architecture: "amd64"))
    ) throws -> ImageSource {
        try ImageSource.open(.path(path), selector: selector.map { ImageSelector($0) }, platform: platform)
    }
}

extension ImageSource {
    /// Reads every layer of every image to its end.
    @discardableResult
    func readAllLayers() throws -> [[LayerBlobFacts]] {
        try images.map { image in try image.layers.map { try $0.openUncompressed().finish() } }
    }
}
