import LayerModel
import LayerSystem
import LayerTestKit
import Testing

@Suite("Extended attributes")
struct ExtendedAttributeTests {
    private let scratch: ScratchDirectory
    private let directory: Directory

    init() throws {
        scratch = try ScratchDirectory()
        directory = try Directory(path: scratch.path)
    }

    private func attribute(_ name: String, _ value: String) -> ExtendedAttribute {
        ExtendedAttribute(name: Array(name.utf8), value: Array(value.utf8))
    }

    @Test("attributes of files and directories are set, listed in order and removed")
    func roundTrip() throws {
        _ = try directory.createFile("f")
        try directory.makeDirectory("d")
        for name in ["f", "d"] {
            let attributes = [attribute("user.a", "1"), attribute("user.b", ""), attribute("user.c\u{FC}", "x\0y")]
            for attribute in attributes.reversed() { try directory.setExtendedAttribute(attribute, of: name) }
            #expect(
                try directory.extendedAttributes(of: name).filter { $0.name.starts(with: Array("user.".utf8)) }
                    == attributes
            )
            #expect(try directory.extendedAttribute("user.c\u{FC}", of: name) == Array("x\0y".utf8))
            try directory.removeExtendedAttribute("user.a", of: name)
            #expect(try directory.extendedAttribute("user.a", of: name) == nil)
            let error = #expect(throws: SystemError.self) {
                try directory.removeExtendedAttribute("user.a", of: name)
            }
            #expect(error?.isNoAttribute == true)
        }
    }

    @Test("a directory's own attributes are those of its descriptor")
    func own() throws {
        try directory.setExtendedAttribute(attribute("user.own", "yes"))
        #expect(try directory.extendedAttribute("user.own") == Array("yes".utf8))
        #expect(try directory.extendedAttributes().contains(attribute("user.own", "yes")))
        try directory.removeExtendedAttribute("user.own")
        #expect(try directory.extendedAttribute("user.own") == nil)
    }

    @Test("an attribute of a symbolic link never reaches what the link leads to", Need.root)
    func symbolicLink() throws {
        _ = try directory.createFile("f")
        try directory.makeSymbolicLink("l", target: "f")
        let mark = attribute("trusted.mark", "link")
        try directory.setExtendedAttribute(mark, of: "l")
        #expect(try directory.extendedAttribute("trusted.mark", of: "f") == nil)
        #expect(try directory.extendedAttributes(of: "l") == [mark])
        // The kernel has no user attributes on links; refusing is right, following would not be.
        #expect(throws: SystemError.self) { try directory.setExtendedAttribute(attribute("user.mark", "x"), of: "l") }
        #expect(try directory.extendedAttributes(of: "f").isEmpty)
        try directory.setExtendedAttribute(attribute("trusted.mark", "file"), of: "f")
        try directory.removeExtendedAttribute("trusted.mark", of: "l")
        #expect(try directory.extendedAttribute("trusted.mark", of: "f") == Array("file".utf8))
    }

    @Test("special files take attributes without being opened", Need.root)
    func specialFiles() throws {
        try directory.makeNode("p", kind: .fifo)
        try directory.setExtendedAttribute(attribute("trusted.mark", "pipe"), of: "p")
        #expect(try directory.extendedAttribute("trusted.mark", of: "p") == Array("pipe".utf8))
    }

    @Test("the raw calls set the same attributes", Need.root)
    func rawCalls() throws {
        let value: [UInt8] = [1, 0, 2]
        let file = try directory.descriptor.createFile("f", mode: 0o600)
        try value.withUnsafeBytes { try file.setExtendedAttribute("user.raw", value: $0) }
        try file.close()
        try directory.descriptor.makeSymbolicLink("l", target: "f")
        try value.withUnsafeBytes { try directory.descriptor.setExtendedAttribute("trusted.raw", value: $0, of: "l") }
        #expect(try directory.extendedAttributes(of: "f").map(\.name) == [Array("user.raw".utf8)])
        #expect(
            try directory.extendedAttributes(of: "l") == [
                ExtendedAttribute(name: Array("trusted.raw".utf8), value: value)
            ]
        )
    }
}
