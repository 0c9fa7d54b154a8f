import ImageSpec
import LayerArchive
import LayerModel

extension SampleArchive {
    /// As Docker wrote until v24: a directory a layer.
    static func docker(_ images: [SampleImage]) -> SampleArchive {
        var archive = SampleArchive()
        var manifests: [String] = []
        for image in images {
            let names = image.layers.map { layer in
                let directory = Digest.sha256(of: Array("v1".utf8) + layer).hex
                archive.addOnce("\(directory)/VERSION", Array("1.0".utf8))
                archive.addOnce("\(directory)/json", Array("{}".utf8))
                archive.addOnce("\(directory)/layer.tar", layer)
                return "\(directory)/layer.tar"
            }
            let config = image.id.digest.hex + ".json"
            archive.addOnce(config, image.config)
            manifests.append(manifest(config, image.tags, names))
        }
        archive.add("manifest.json", "[\(manifests.joined(separator: ","))]\n")
        return archive
    }

    /// As containers/image writes: layers side by side under their DiffIDs, and links in the old places.
    static func containersImage(_ image: SampleImage) -> SampleArchive {
        var archive = SampleArchive()
        let names = image.layers.map { layer in
            let hex = Digest.sha256(of: layer).hex
            archive.addOnce("\(hex).tar", layer)
            archive.addLink("\(Digest.sha256(of: hex.utf8).hex)/layer.tar", to: "../\(hex).tar")
            return "\(hex).tar"
        }
        archive.add("\(image.id.digest.hex).json", image.config)
        archive.add("manifest.json", "[\(manifest("\(image.id.digest.hex).json", image.tags, names))]")
        return archive
    }

    /// As Docker wrote before 1.10.
    ///
    /// - Returns: The archive, and the ID of the top layer.
    static func legacy(_ image: SampleImage) -> (archive: SampleArchive, top: String) {
        var archive = SampleArchive()
        var parent: String?
        for layer in image.layers {
            let id = Digest.sha256(of: Array("legacy".utf8) + layer).hex
            let parentMember = parent.map { #","parent":"\#($0)""# } ?? ""
            archive.add("\(id)/VERSION", "1.0")
            archive.add(
                "\(id)/json",
                #"{"id":"\#(id)"\#(parentMember),"created":"2015-01-02T03:04:05Z","architecture":"amd64","os":"linux","#
                    + #""docker_version":"1.9.1","container_config":{"Cmd":["make","\#(archive.members.count)"]}}"#
            )
            archive.add("\(id)/layer.tar", layer)
            parent = id
        }
        let top = parent ?? ""
        let tag = image.tags.first.map { $0.split(separator: ":").map(String.init) } ?? []
        if tag.count == 2 { archive.add("repositories", #"{"\#(tag[0])":{"\#(tag[1])":"\#(top)"}}"#) }
        return (archive, top)
    }

    /// One entry of `manifest.json`.
    static func manifest(_ config: String, _ tags: [String]?, _ layers: [String]) -> String {
        let tagList = tags.map { "[" + $0.map { "\"\($0)\"" }.joined(separator: ",") + "]" } ?? "null"
        let layerList = layers.map { "\"\($0)\"" }.joined(separator: ",")
        return #"{"Config":"\#(config)","RepoTags":\#(tagList),"Layers":[\#(layerList)]}"#
    }
}
