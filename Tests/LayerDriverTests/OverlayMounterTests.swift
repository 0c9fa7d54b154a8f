import Foundation
import LayerModel
import LayerSystem
import LayerTestKit
import Testing

@testable import LayerDriver

@Suite("Mounting as root", MountNeed.mounting)
struct OverlayMounterTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let interface: OverlayMounter.Interface
        let layerCount: Int
        var testDescription: String { "\(interface) \(layerCount)" }
    }

    private static let cases =
        [1, 2, 100].flatMap { count in
            [OverlayMounter.Interface.layerByLayer, .onePage].map { Case(interface: $0, layerCount: count) }
        } + [Case(interface: .onePage, layerCount: 128), Case(interface: .layerByLayer, layerCount: 500)]

    @Test("a stack is one directory, and what is written goes up", arguments: cases)
    func readWrite(_ item: Case) throws {
        let scratch = try ScratchDirectory()
        let stack = try SampleStack(scratch.path, layerCount: item.layerCount, usesUserAttributes: false)
        try PrivateMounts.run {
            try OverlayMounter.mount(stack.plan(.overlay), item.interface)
            #expect(try stack.faults(seenAt: stack.merged) == [])
            let merged = try Directory(path: stack.merged)
            _ = try merged.createFile("new")
            try merged.unlink("own-0")
            #expect(try TestFile.list(stack.upper) == ["new", "own-0"])
            #expect(try Directory(path: stack.upper).status("own-0").isWhiteout)
            let place = try #require(try MountSearch().place(target: Array(stack.merged.utf8)))
            #expect(place.processID == nil && !place.isReadOnly && !place.isFuse)
            #expect(place.upper == Array(stack.upper.utf8))
        }
    }

    @Test("a stack that is only shown takes nothing", arguments: cases)
    func readOnly(_ item: Case) throws {
        let scratch = try ScratchDirectory()
        let stack = try SampleStack(scratch.path, layerCount: item.layerCount, usesUserAttributes: false)
        try PrivateMounts.run {
            try OverlayMounter.mount(stack.plan(.overlay, isReadOnly: true), item.interface)
            #expect(try stack.faults(seenAt: stack.merged) == [])
            #expect(throws: SystemError.self) { try Directory(path: stack.merged).makeDirectory("new") }
            let entries = try MountTable.current().entries.filter { $0.mountPoint == Array(stack.merged.utf8) }
            #expect(entries.map(\.typeName) == [Array("overlay".utf8)])
            #expect(entries.first?.options.starts(with: "ro,nosuid,nodev".utf8) == true)
        }
    }

    @Test("an image without layers is an empty directory", arguments: [true, false])
    func noLayers(_ isReadOnly: Bool) throws {
        for interface in [OverlayMounter.Interface.layerByLayer, .onePage] {
            let scratch = try ScratchDirectory()
            let stack = try SampleStack(scratch.path, layerCount: 0, usesUserAttributes: false)
            try PrivateMounts.run {
                try OverlayMounter.mount(stack.plan(.overlay, isReadOnly: isReadOnly), interface)
                let merged = try Directory(path: stack.merged)
                #expect(try merged.isEmpty())
                if isReadOnly { return }
                try merged.makeDirectory("new")
                #expect(try TestFile.list(stack.upper) == ["new"])
            }
        }
    }

    @Test(
        "no character of a path is taken for another thing",
        arguments: ["a:b", "a,b", #"a\b"#, #"a\:b\,c"#, "a b", "a\nb", "ä", "lowerdir=x,upperdir=y", #"\"#, "%s"]
    )
    func oddPaths(_ name: String) throws {
        let scratch = try ScratchDirectory()
        let path = scratch.path + "/" + name
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        for (number, interface) in [OverlayMounter.Interface.layerByLayer, .onePage].enumerated() {
            let place = "\(path)/\(number)"
            try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: false)
            let stack = try SampleStack(place, layerCount: 3, usesUserAttributes: false)
            try PrivateMounts.run {
                try OverlayMounter.mount(stack.plan(.overlay), interface)
                #expect(try stack.faults(seenAt: stack.merged) == [])
                try Directory(path: stack.merged).makeDirectory("new")
                #expect(try TestFile.list(stack.upper) == ["new"])
                let place = try #require(try MountSearch().place(target: Array(stack.merged.utf8)))
                #expect(place.upper == Array(stack.upper.utf8))
                try Mounter.unmount(place)
                #expect(try MountSearch().place(target: Array(stack.merged.utf8)) == nil)
            }
        }
    }

    @Test("a path longer than an option may be is mounted all the same")
    func longPath() throws {
        let scratch = try ScratchDirectory()
        let path = scratch.path + "/" + String(repeating: "x", count: 200) + "/" + String(repeating: "y", count: 200)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let stack = try SampleStack(path, layerCount: 2, usesUserAttributes: false)
        try PrivateMounts.run {
            let place = try Mounter.mount(stack.plan(.overlay))
            #expect(try stack.faults(seenAt: stack.merged) == [])
            #expect(place.upper == nil)
            #expect(try MountSearch().place(target: Array(stack.merged.utf8)) == place)
        }
    }

    @Test("more layers than a page holds are an error that says so")
    func tooLong() throws {
        let scratch = try ScratchDirectory()
        let stack = try SampleStack(scratch.path, layerCount: 400, usesUserAttributes: false)
        try PrivateMounts.run { () throws in
            let error = #expect(throws: SystemError.self) { try OverlayMounter.mount(stack.plan(.overlay), .onePage) }
            #expect(error?.reason == "Argument list too long")
        }
    }

    @Test("a failed mount leaves nothing mounted", arguments: [true, false])
    func failure(_ isReadOnly: Bool) throws {
        let scratch = try ScratchDirectory()
        let stack = try SampleStack(scratch.path, layerCount: 1, usesUserAttributes: false)
        try TestFile.remove(stack.path + "/0")
        for interface in [OverlayMounter.Interface.layerByLayer, .onePage] {
            try PrivateMounts.run { () throws in
                #expect(throws: SystemError.self) {
                    try OverlayMounter.mount(stack.plan(.overlay, isReadOnly: isReadOnly), interface)
                }
                #expect(try MountTable.current().entry(at: Array(stack.merged.utf8)) == nil)
            }
        }
    }

    @Test("redirects and opaque marks of the right kind are obeyed, others are not", arguments: [true, false])
    func marks(_ usesUserAttributes: Bool) throws {
        let scratch = try ScratchDirectory()
        let stack = try SampleStack(scratch.path, layerCount: 2, usesUserAttributes: usesUserAttributes)
        for (name, isObeyed) in [("trusted", !usesUserAttributes), ("user", usesUserAttributes)] {
            for tree in 0...1 { try Directory(path: "\(stack.path)/\(tree)").makeDirectory(name) }
            try TestFile.write([], to: "\(stack.path)/0/\(name)/old")
            let mark = ExtendedAttribute(name: Array("\(name).overlay.opaque".utf8), value: [UInt8(ascii: "y")])
            try Directory(path: "\(stack.path)/1").setExtendedAttribute(mark, of: name)
            try PrivateMounts.run {
                let place = try Mounter.mount(stack.plan(.overlay))
                #expect(try TestFile.list("\(stack.merged)/\(name)") == (isObeyed ? [] : ["old"]))
                try Mounter.unmount(place)
            }
        }
    }

    @Test("a mount in use is not taken away, unless it is asked for")
    func busy() throws {
        let scratch = try ScratchDirectory()
        let stack = try SampleStack(scratch.path, layerCount: 2, usesUserAttributes: false)
        try PrivateMounts.run {
            let place = try Mounter.mount(stack.plan(.overlay))
            let user = try Directory(path: stack.merged)
            let error = #expect(throws: SystemError.self) { try Mounter.unmount(place) }
            #expect(error?.isBusy == true)
            try Mounter.unmount(place, isLazy: true)
            #expect(try MountSearch().place(target: Array(stack.merged.utf8)) == nil)
            _ = try user.list()
        }
    }
}
