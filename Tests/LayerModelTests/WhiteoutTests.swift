import LayerModel
import Testing

@Suite("Names of markers")
struct WhiteoutTests {
    struct NameCase: Sendable {
        let name: String
        var isMarker = false
        var isOpaque = false
        var isAUFS = false
    }

    @Test(
        "L-60, L-70, L-74: a marker is known by its name, to the letter",
        arguments: [
            NameCase(name: ""), NameCase(name: "file"), NameCase(name: ".wh"), NameCase(name: ".wh_x"),
            NameCase(name: "x.wh.y"), NameCase(name: ".WH.x"), NameCase(name: "wh.x"), NameCase(name: " .wh.x"),
            NameCase(name: ".wh.", isMarker: true), NameCase(name: ".wh..", isMarker: true),
            NameCase(name: ".wh.x", isMarker: true), NameCase(name: ".wh..x", isMarker: true),
            NameCase(name: ".wh..wh", isMarker: true), NameCase(name: ".wh.wh..opq", isMarker: true),
            NameCase(name: ".wh..wh..opq", isMarker: true, isOpaque: true),
            NameCase(name: ".wh..wh..opq2", isMarker: true, isAUFS: true),
            NameCase(name: ".wh..wh..opQ", isMarker: true, isAUFS: true),
            NameCase(name: ".wh..wh.plnk", isMarker: true, isAUFS: true),
            NameCase(name: ".wh..wh.aufs", isMarker: true, isAUFS: true),
            NameCase(name: ".wh..wh.", isMarker: true, isAUFS: true),
        ]
    )
    func names(_ item: NameCase) {
        let name = Array(item.name.utf8)
        #expect(Whiteout.isMarker(name) == item.isMarker)
        #expect(Whiteout.isOpaqueMarker(name) == item.isOpaque)
        #expect(Whiteout.isAUFSName(name) == item.isAUFS)
        #expect(Whiteout.isMarker(ArraySlice(name)) == item.isMarker)
    }

    @Test("a name after the prefix is any bytes")
    func anyBytes() {
        #expect(Whiteout.isMarker(Whiteout.prefix + [0xFF]))
        #expect(!Whiteout.isMarker([0xFF] + Whiteout.prefix))
    }
}
