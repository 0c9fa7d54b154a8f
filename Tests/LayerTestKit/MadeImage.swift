import LayerArchive
package import LayerModel

/// An image that a test makes, and the archive of it as `docker save` wrote until v24.
package struct MadeImage: Sendable {
    /// The names, as they stand in the archive.
    package var tags: [String]
    /// The tars of the layers, the lowest first.
    package var layers: [[UInt8]]
    /// When the image was made, as RFC 3339 says it; nil for an image that does not tell.
    package var created: String? = "2024-01-02T03:04:05Z"
    /// The history in JSON; nil for none.
    package var history: String?
    /// The `config` member in JSON.
    package var runConfig = #"{"Cmd":["sh"]}"#
    /// The platform.
    package var platform = (os: "linux", architecture: "amd64")

    /// Makes an image of sketched layers.
    ///
    /// - Parameters:
    ///   - layers: The lines of each layer, as `LayerSketch` reads them, the lowest first.
    ///   - tags: The names.
    /// - Throws: When a line names no path.
    package init(_ layers: [[String]], tags: [String] = ["example.test/made:1.0"]) throws {
        self.layers = try layers.map { TarBuilder.tar(try LayerSketch.layer($0)) }
        self.tags = tags
    }

    /// Makes an image of tars.
    package init(tars: [[UInt8]], tags: [String] = ["example.test/made:1.0"]) {
        layers = tars
        self.tags = tags
    }

    /// The layers' identities.
    package var diffIDs: [DiffID] { layers.map { DiffID(Digest.sha256(of: $0)) } }

    /// The stacks up to each layer.
    package var chainIDs: [ChainID] { ChainID.of(diffIDs) }

    /// The config's bytes.
    package var configBytes: [UInt8] {
        var members = [#""architecture":"\#(platform.architecture)""#, #""config":\#(runConfig)"#]
        if let created { members.append(#""created":"\#(created)""#) }
        if let history { members.append(#""history":\#(history)"#) }
        let list = diffIDs.map { "\"\($0)\"" }.joined(separator: ",")
        members += [#""os":"\#(platform.os)""#, #""rootfs":{"type":"layers","diff_ids":[\#(list)]}"#]
        return Array("{\(members.joined(separator: ","))}".utf8)
    }

    /// The image ID.
    package var id: ImageID { ImageID(Digest.sha256(of: configBytes)) }

    /// The ID as text, with its algorithm.
    package var fullID: String { id.description }

    /// The digits of the ID.
    package var hexID: String { id.digest.hex }

    /// The digits of the layers' DiffIDs.
    package var hexDiffIDs: [String] { diffIDs.map(\.digest.hex) }

    /// The first twelve digits of the ID.
    package var shortID: String { String(id.digest.hex.prefix(12)) }

    /// A docker-archive of images; layers that several have are in it once.
    package static func archive(_ images: [MadeImage]) -> [UInt8] {
        var builder = TarBuilder()
        var written: Set<String> = []
        var manifests: [String] = []
        for image in images {
            let members = image.layers.map { (name: Digest.sha256(of: $0).hex + "/layer.tar", bytes: $0) }
            let config = (name: image.id.digest.hex + ".json", bytes: image.configBytes)
            for member in members + [config] where written.insert(member.name).inserted {
                builder.add(name: Array(member.name.utf8), content: member.bytes)
            }
            let tags = image.tags.map { "\"\($0)\"" }.joined(separator: ",")
            let layers = members.map { "\"\($0.name)\"" }.joined(separator: ",")
            manifests.append(#"{"Config":"\#(config.name)","RepoTags":[\#(tags)],"Layers":[\#(layers)]}"#)
        }
        builder.add(name: Array("manifest.json".utf8), content: Array("[\(manifests.joined(separator: ","))]".utf8))
        builder.end()
        return builder.bytes
    }

    /// The docker-archive of this image alone.
    package var archive: [UInt8] { Self.archive([self]) }
}
