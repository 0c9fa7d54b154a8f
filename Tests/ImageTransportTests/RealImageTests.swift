import ImageSpec
import ImageTransport
import LayerArchive
import LayerModel
import LayerTestKit
import Testing

/// Archives that other tools wrote, against what the list beside them says and what another reader found in them.
@Suite struct RealImageTests {
    @Test("A real archive opens with its IDs, names and layers", Need.shared("images/image"), arguments: RealImage.all)
    func opens(expected: RealImage) throws {
        let path = try #require(Need.sharedPath("images/image/\(expected.file)"))
        let source = try ImageSource.open(.path(path), platform: expected.platform)
        #expect(source.format == expected.format)
        if let imageIDs = expected.imageIDs {
            #expect(source.images.map(\.imageID.digest.hex) == imageIDs)
        }
        #expect(source.images.map { $0.references.map(\.familiar) } == expected.names)
        for image in source.images {
            try image.checkLayers()
            #expect(image.layers.map(\.diffID) == image.config.diffIDs)
        }
        let facts = try source.readAllLayers().flatMap { $0 }
        #expect(facts.map(\.diffID) == source.images.flatMap { $0.layers.map(\.diffID) })
    }

    @Test("Every listed archive is in the table, and agrees with the list", Need.shared("images/README.md"))
    func list() throws {
        let rows = try RealImageList.read()
        #expect(Set(rows.map(\.file)) == Set(RealImage.all.map(\.file)))
        for row in rows {
            let path = try #require(Need.sharedPath("images/image/\(row.file)"))
            let expected = try #require(RealImage.all.first { $0.file == row.file })
            let source = try ImageSource.open(.path(path), platform: expected.platform)
            // The list counts the layers of all platforms, the source has those of one.
            if expected.platformCount == 1 {
                #expect(source.images.reduce(0) { $0 + $1.layers.count } == row.layerCount, "\(row.file)")
            }
            let compressions = try source.images.flatMap { image in try image.layers.map { try $0.compression() } }
            #expect(Set(compressions.map(\.rawValue)) == row.compressions, "\(row.file)")
            #expect(row.formats.contains(source.format), "\(row.file)")
        }
    }

    @Test("The other platform of a real index can be chosen", Need.shared("images/image"))
    func otherPlatform() throws {
        let path = try #require(Need.sharedPath("images/image/containerization__Resources_scratch.tar"))
        let arm64 = PlatformRequest.explicit(Platform(os: "linux", architecture: "arm64"))
        let source = try ImageSource.open(.path(path), platform: arm64)
        let id = "sha256:c83d8065d076d76384a178271ed263a4bd1a60c66f1e261abed469c9e15423ff"
        #expect(try source.onlyImage().imageID.description == id)
        try source.readAllLayers()
        let s390x = PlatformRequest.explicit(Platform(os: "linux", architecture: "s390x"))
        let error = #expect(throws: TransportError.self) { try ImageSource.open(.path(path), platform: s390x) }
        #expect(error?.reason.hasSuffix("wanted linux/s390x, found linux/arm64, linux/amd64") == true)
    }
}
