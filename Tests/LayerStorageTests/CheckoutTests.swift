import Foundation
import ImageSpec
import LayerModel
import LayerSystem
import LayerTestKit
import LayerTree
import Testing

@testable import LayerStorage

@Suite("A container checked out as a directory, and what is left when that is cut off") struct CheckoutTests {
    /// A container, and a directory for its checkout.
    private struct Sample {
        let sample: SampleStore
        let record: ContainerRecord
        let place: String
        private let scratch: ScratchDirectory

        var store: LayerStore { sample.store }
        var container: String { store.containerPath(record.id) }

        init() throws {
            sample = try SampleStore()
            let image = try MadeImage([["etc/", "etc/a=one", "etc/b=two", "d/", "d/x=deep"]])
            let id = try sample.add(image)
            let stored = try #require(try sample.store.storedImage(id))
            record = try sample.store.createContainer(image: stored, imageName: "made", name: "box")
            scratch = try ScratchDirectory()
            place = scratch.path + "/place"
            try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: false)
            try TestFile.setMode(0o750, of: place)
        }

        @discardableResult
        func make() throws -> Checkout {
            let lock = try store.lockContainer(record.id, .exclusive)
            return try Checkout.make(
                of: record,
                in: store,
                at: Array(place.utf8),
                form: .ofThisProcess,
                holding: lock
            )
        }

        func fold() throws {
            let lock = try store.lockContainer(record.id, .exclusive)
            try Checkout.fold(record, in: store, form: .ofThisProcess, holding: lock)
        }

        func discard() throws {
            try Checkout.discard(record.id, in: store, holding: store.lockContainer(record.id, .exclusive))
        }

        func current() throws -> Checkout? { try Checkout.current(of: record.id, in: store) }

        /// What the container's own layer has changed.
        func lines() throws -> [String] {
            let lowers = try LowerStack(record.layers.map(\.key), in: store)
            let upper = try store.containerDirectory(record.id).open("upper")
            return ChangeWalk.changes(in: upper, over: lowers, form: .ofThisProcess).changes.filter(\.isListed)
                .sorted { $0.path.bytes.lexicographicallyPrecedes($1.path.bytes) }
                .map { "\($0.kind.rawValue) \($0.path)" }
        }

        func edit() throws {
            try TestFile.write(Array("changed".utf8), to: place + "/etc/a")
            try TestFile.remove(place + "/d")
        }

        /// Nothing of the checkout is left.
        func expectGone() throws {
            #expect(try current() == nil)
            #expect(try TestFile.list(place).isEmpty)
            #expect(try TestFile.list(container) == ["container.json", "merged", "upper", "work"])
            #expect(try Directory(path: place).status().mode == 0o750)
        }
    }

    private static let edited = ["D /d", "C /etc", "C /etc/a"].sorted { $0.dropFirst(2) < $1.dropFirst(2) }

    @Test("It is made, found, folded, and made again with what was folded") func wholeLife() throws {
        let sample = try Sample()
        #expect(try sample.current() == nil)
        let made = try sample.make()
        #expect(made.state == .ready)
        #expect(try sample.current() == made)
        #expect(
            try sample.current()?.path == Array(URL(fileURLWithPath: sample.place).resolvingSymlinksInPath().path.utf8)
        )
        #expect(try TestFile.read(sample.place + "/etc/a") == Array("one".utf8))
        try sample.edit()
        #expect(try sample.lines() == [])
        try sample.fold()
        try sample.expectGone()
        #expect(try sample.lines() == Self.edited)
        try sample.make()
        #expect(try TestFile.read(sample.place + "/etc/a") == Array("changed".utf8))
        #expect(!TestFile.exists(sample.place + "/d"))
        try sample.fold()
        #expect(try sample.lines() == Self.edited)
    }

    @Test("One that nobody has changed leaves the container's own layer as it is") func unchanged() throws {
        let sample = try Sample()
        try sample.make()
        try sample.edit()
        try sample.fold()
        let upper = try Directory(path: sample.container).status("upper").identity
        try sample.make()
        _ = try TestFile.read(sample.place + "/etc/b")
        try sample.fold()
        #expect(try Directory(path: sample.container).status("upper").identity == upper)
        try sample.expectGone()
    }

    @Test("A second one, and a directory with something in it, are refused") func refused() throws {
        let sample = try Sample()
        try TestFile.write([1], to: sample.place + "/there")
        #expect(throws: StorageError.self) { try sample.make() }
        #expect(try sample.current() == nil)
        #expect(try TestFile.list(sample.place) == ["there"])
        try TestFile.remove(sample.place + "/there")
        try sample.make()
        #expect(throws: StorageError.self) { try sample.make() }
        #expect(throws: StorageError.self) { try Sample().fold() }
        try sample.discard()
        try sample.expectGone()
        #expect(try sample.lines() == [])
    }

    @Test("A failed one leaves nothing", Need.root) func failure() throws {
        let sample = try Sample()
        let layer = sample.store.treePath(of: sample.record.layers[0].key)
        try #require(truncate(layer + "/etc/a", 1) == 0)
        #expect(throws: TreeError.self) { try sample.make() }
        try sample.expectGone()
    }

    @Test("Killed while it was made: fold and discard clear it", arguments: [true, false])
    func killedWhileMade(folds: Bool) throws {
        let sample = try Sample()
        try sample.make()
        // What a maker has on the disk until it is ready.
        var checkout = try #require(try sample.current())
        checkout.state = .building
        checkout.finished = nil
        try checkout.write(sample.record.id, in: sample.store)
        try TestFile.remove(sample.place + "/etc")
        if folds { try sample.fold() } else { try sample.discard() }
        try sample.expectGone()
        #expect(try sample.lines() == [])
    }

    /// Where a fold can be cut off.
    enum Cut: String, CaseIterable {
        case whileWriting, afterExchange, betweenRenames, folded
    }

    @Test("Killed while it was folded: folding again gives the same", arguments: Cut.allCases)
    func killedWhileFolded(cut: Cut) throws {
        let sample = try Sample()
        try sample.make()
        try sample.edit()
        let ready = try #require(try sample.current())
        let inodes = try TestFile.read(sample.container + "/checkout.inodes")
        switch cut {
        case .whileWriting:
            try FileManager.default.createDirectory(
                atPath: sample.container + "/upper.new/etc",
                withIntermediateDirectories: true
            )
            try TestFile.write([1], to: sample.container + "/upper.new/rest")
        case .afterExchange, .folded:
            try sample.fold()
            if cut == .afterExchange {
                try sample.make()
                try TestFile.write(Array("changed".utf8), to: sample.place + "/etc/a")
                try FileManager.default.createDirectory(
                    atPath: sample.container + "/upper.new",
                    withIntermediateDirectories: false
                )
            } else {
                var checkout = ready
                checkout.state = .folded
                try TestFile.write(inodes, to: sample.container + "/checkout.inodes")
                try checkout.write(sample.record.id, in: sample.store)
                try TestFile.write([1], to: sample.place + "/rest")
            }
        case .betweenRenames:
            try FileManager.default.moveItem(
                atPath: sample.container + "/upper",
                toPath: sample.container + "/upper.old"
            )
            try FileManager.default.createDirectory(
                atPath: sample.container + "/upper.new",
                withIntermediateDirectories: false
            )
        }
        try sample.fold()
        try sample.expectGone()
        #expect(try sample.lines() == Self.edited)
    }

    @Test("What is given up half way is not taken for the container", Need.root, Need.tool("chattr"))
    func givenUpHalfWay() throws {
        let sample = try Sample()
        try sample.make()
        try sample.edit()
        try sample.fold()
        try sample.make()
        guard try SampleStore.runs("chattr", "+i", sample.place + "/etc/b") else { return }
        #expect(throws: SystemError.self) { try sample.discard() }
        #expect(try TestFile.list(sample.place + "/etc").contains("b"))
        #expect(try SampleStore.runs("chattr", "-i", sample.place + "/etc/b"))
        try sample.fold()
        try sample.expectGone()
        #expect(try sample.lines() == Self.edited)
    }

    @Test("A directory that went, or is another one now, is told and can be given up") func goneDirectory() throws {
        let sample = try Sample()
        try sample.make()
        try FileManager.default.moveItem(atPath: sample.place, toPath: sample.place + "-moved")
        try FileManager.default.createDirectory(atPath: sample.place, withIntermediateDirectories: false)
        try TestFile.write([1], to: sample.place + "/others")
        #expect(throws: StorageError.self) { try sample.fold() }
        try sample.discard()
        #expect(try sample.current() == nil)
        #expect(try TestFile.list(sample.place) == ["others"])
    }

    @Test("An image becomes a directory that the store knows nothing of") func image() throws {
        let sample = try Sample()
        try Checkout.makeImage(of: sample.record.layers.map(\.key), in: sample.store, at: Array(sample.place.utf8))
        #expect(try TestFile.read(sample.place + "/d/x") == Array("deep".utf8))
        #expect(try sample.current() == nil)
    }

    @Test("A damaged record is told") func damaged() throws {
        let sample = try Sample()
        try sample.make()
        try TestFile.damage(sample.container + "/checkout.inodes", at: 20)
        #expect(throws: TreeError.self) { try sample.fold() }
        try TestFile.damage(sample.container + "/checkout.json", at: 80)
        #expect(throws: StorageError.self) { try sample.current() }
    }
}
