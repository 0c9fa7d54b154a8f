import ImageSpec
import LayerKit
import LayerModel
import LayerTestKit
import TestImages
import Testing

/// A layer is stored once, whatever it lies on, unless it means something else there.
@Suite struct LayerSharingTests {
    private func paths(_ kit: KitStore, _ image: MadeImage) throws -> [String] {
        try #require(try kit.store.image(image.id.description).location).lowerPaths
    }

    private func lines(_ path: String) throws -> [String] {
        try TreeLines.read(path).map { line in
            let columns = line.split(separator: "\t")
            return "\(columns[0]) \(columns[1]) \(columns[2])"
        }
    }

    @Test func `Two images share the layers that they have in common`() throws {
        let kit = try KitStore()
        let one = try MadeImage([["base=1"], ["one=1"]], tags: ["one"])
        let two = try MadeImage([["base=1"], ["two=2"]], tags: ["two"])
        try kit.load([one])
        let report = try kit.load([two])
        #expect(report.presentLayerCount == 1)
        #expect(report.unpackedLayerCount == 1)
        #expect(try kit.layerKeys().count == 3)
        #expect(try paths(kit, one).last == paths(kit, two).last)
        #expect(try paths(kit, one).first != paths(kit, two).first)
    }

    @Test func `A layer that is twice in an image is stored once and shown once`() throws {
        let kit = try KitStore()
        let layers = [["a=1"], ["b=2"], ["a=1"]]
        let image = try MadeImage(layers)
        let report = try kit.load([image])
        #expect(report.unpackedLayerCount == 2)
        let details = try kit.store.image(image.id.description)
        #expect(details.layers.count == 3)
        #expect(details.layers[0].diffID == details.layers[2].diffID)
        #expect(details.treeByteCount == 3)
        let keys = image.diffIDs.map { "\(kit.path)/layers/sha256/\($0.digest.hex)/tree" }
        #expect(try paths(kit, image) == [keys[2], keys[1]])
    }

    @Test func `What a layer that hides all lies on is not mounted`() throws {
        let kit = try KitStore()
        let image = try MadeImage([["below"], [".wh..wh..opq", "a"], ["b"]])
        try kit.load([image])
        let keys = image.diffIDs.map { "\(kit.path)/layers/sha256/\($0.digest.hex)/tree" }
        #expect(try paths(kit, image) == [keys[2], keys[1]])
    }

    @Test("A layer with implied parents is kept for each stack that it stands in", Need.root)
    func impliedParents() throws {
        let upper = ["opt/deep/file=x"]
        let one = try MadeImage([["opt/ 700"], upper], tags: ["one"])
        let two = try MadeImage([["opt/ 711", "opt/deep/ 722"], upper], tags: ["two"])
        let three = try MadeImage([["other/"], upper], tags: ["three"])
        for together in [true, false] {
            let kit = try KitStore()
            if together {
                #expect(try kit.load([one, two, three]).unpackedLayerCount == 4)
            } else {
                for image in [one, two, three] { try kit.load([image]) }
            }
            #expect(one.diffIDs[1] == two.diffIDs[1])
            let tops = try [one, two, three].map { try #require(paths(kit, $0).first) }
            #expect(Set(tops).count == 3)
            #expect(tops[0].contains(one.chainIDs[1].digest.hex))
            #expect(try lines(tops[0]) == ["opt dir 0700", "opt/deep dir 0755", "opt/deep/file file 0644"])
            #expect(try lines(tops[1]) == ["opt dir 0711", "opt/deep dir 0722", "opt/deep/file file 0644"])
            #expect(try lines(tops[2]) == ["opt dir 0755", "opt/deep dir 0755", "opt/deep/file file 0644"])
            for image in [one, two, three] { #expect(try kit.load([image]).unpackedLayerCount == 0) }
        }
    }

    @Test func `A hard link to the layer below has the content that lies there in each stack`() throws {
        let upper = ["a/", "a/three=>a/one"]
        let one = try MadeImage([["a/", "a/one=first"], upper], tags: ["one"])
        let two = try MadeImage([["a/", "a/one=second!"], upper], tags: ["two"])
        let kit = try KitStore()
        try kit.load([one, two])
        #expect(try TestFile.read(#require(paths(kit, one).first) + "/a/three") == Array("first".utf8))
        #expect(try TestFile.read(#require(paths(kit, two).first) + "/a/three") == Array("second!".utf8))
        let three = try MadeImage([["a/", "b"], upper], tags: ["three"])
        let error = #expect(throws: LayerError.self) { try kit.load([three]) }
        #expect(error?.code == .corrupt)
        #expect(error?.message.contains("a/three") == true)
    }

    @Test func `Removing one image of two leaves the other whole`() throws {
        let upper = ["opt/file=x"]
        let one = try MadeImage([["opt/ 700"], upper], tags: ["one"])
        let two = try MadeImage([["opt/ 711"], upper], tags: ["two"])
        let kit = try KitStore()
        try kit.load([two])
        let before = try kit.contents()
        try kit.load([one])
        _ = try kit.store.remove("one")
        #expect(try kit.contents() == before)
        #expect(try kit.load([two]).unpackedLayerCount == 0)
    }

    @Test("A damaged layer is unpacked again by the next load", arguments: ["layer.json", "index", "tree"])
    func healing(part: String) throws {
        let kit = try KitStore()
        let image = try MadeImage([["a=1"], ["b=22"]])
        try kit.load([image])
        let path = "\(kit.path)/layers/sha256/\(image.diffIDs[1].digest.hex)/\(part)"
        try TestFile.remove(path)
        #expect(try kit.store.image(image.id.description).layers.map(\.size?.treeByteCount) == [1, nil])
        let report = try kit.load([image])
        #expect(report.unpackedLayerCount == 1)
        #expect(try kit.store.image(image.id.description).layers.map(\.size?.treeByteCount) == [1, 2])
    }

    @Test func `Names move to the image that was loaded last`() throws {
        let kit = try KitStore()
        let one = try MadeImage([["a"]], tags: ["app:1", "app:2"])
        let two = try MadeImage([["b"]], tags: ["app:1"])
        #expect(try kit.load([one]).images[0].replaced.isEmpty)
        let replaced = try kit.load([two]).images[0].replaced
        #expect(replaced.map(\.reference.familiar) == ["app:1"])
        #expect(replaced.map(\.image) == [one.id])
        #expect(try kit.store.image(one.id.description).references.map(\.familiar) == ["app:2"])
    }
}
