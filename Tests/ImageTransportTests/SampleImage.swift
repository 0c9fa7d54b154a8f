import ImageSpec
import LayerArchive
import LayerModel
import LayerTestKit

/// An image that a test makes, before it is put into any form of file.
struct SampleImage {
    var tags: [String] = ["example.test/sample:1.0"]
    var platform: Platform? = Platform(os: "linux", architecture: "amd64")
    var layers: [[UInt8]]
    /// What the config says of the layers; their true DiffIDs unless a test lies.
    var diffIDs: [String]

    /// Makes an image of one layer a name, each with one file of that name.
    init(_ names: [String] = ["one", "two"], tags: [String] = ["example.test/sample:1.0"]) {
        self.tags = tags
        layers = names.map { Self.layer($0) }
        diffIDs = layers.map { Digest.sha256(of: $0).description }
    }

    /// The tar of a layer with one file.
    static func layer(_ name: String) -> [UInt8] {
        var builder = TarBuilder()
        builder.add(name: Array(name.utf8), content: Array("content of \(name)\n".utf8))
        builder.end()
        return builder.bytes
    }

    /// The config's bytes.
    var config: [UInt8] {
        var text = #"{"created":"2024-01-02T03:04:05Z","#
        if let platform {
            text += #""architecture":"\#(platform.architecture)","os":"\#(platform.os)","#
            if let variant = platform.variant { text += #""variant":"\#(variant)","# }
        }
        let list = diffIDs.map { "\"\($0)\"" }.joined(separator: ",")
        return Array((text + #""config":{"Cmd":["sh"]},"rootfs":{"type":"layers","diff_ids":[\#(list)]}}"#).utf8)
    }

    /// The image ID.
    var id: ImageID { ImageID(Digest.sha256(of: config)) }

    /// The same image for another platform.
    func on(_ os: String, _ architecture: String, _ variant: String? = nil) -> SampleImage {
        var other = self
        other.platform = Platform(os: os, architecture: architecture, variant: variant)
        return other
    }
}
