import LayerModel
import LayerSystem
import LayerTestKit
import Testing

@testable import LayerTree

@Suite("A checkout shares blocks with the store where the file system can", .serialized) struct CheckoutCloneTests {
    private static let byteCount = 24 << 20

    @Test("On btrfs", Need.root, LoopMount.isNeeded("btrfs")) func btrfs() throws { try sharesBlocks("btrfs") }

    @Test("On xfs", Need.root, LoopMount.isNeeded("xfs")) func xfs() throws { try sharesBlocks("xfs") }

    /// A large file takes no room, and a write reaches the checkout alone.
    private func sharesBlocks(_ type: String) throws {
        let mount = try #require(try LoopMount(type))
        let entry = LayerEntry(
            try LayerPath(normalizing: Array("f".utf8)),
            .regular,
            attributes: FileAttributes(mode: 0o644),
            content: [UInt8](repeating: 7, count: Self.byteCount)
        )
        let root = try Directory(path: mount.path)
        try root.makeDirectory("layer", mode: 0o700)
        let layer = try root.open("layer")
        let unpacker = try LayerUnpacker(into: layer, settings: UnpackedStack.settings)
        try unpacker.read(BytesSource(TarBuilder.tar([entry])))
        try unpacker.finish()
        try root.synchronizeFileSystem()
        let before = try root.fileSystemFacts().availableByteCount

        let opened = try UnpackedStack.open(layer)
        let lowers = LowerStack([StackedLayer(index: opened.index, tree: opened.tree, isExact: true)])
        try root.makeDirectory("checkout", mode: 0o755)
        let checkout = try root.open("checkout")
        let tree = ChangeWalk.wholeTree(of: lowers)
        _ = try CheckoutMaker(tree, lowers: lowers, upper: nil, settings: UnpackedStack.settings)
            .make(in: checkout, attributes: lowers.rootAttributes)
        try root.synchronizeFileSystem()
        let taken = before - (try root.fileSystemFacts().availableByteCount)
        #expect(taken < Int64(Self.byteCount / 2), "\(taken) bytes")

        #expect(
            try FileComparison.isEqual(
                checkout.openFile("f"),
                opened.tree.openFile("f"),
                byteCount: Int64(Self.byteCount)
            )
        )
        try TestFile.write([1, 2, 3], to: mount.path + "/checkout/f")
        #expect(try opened.tree.status("f").byteCount == Int64(Self.byteCount))
        mount.end()
    }
}
