import Foundation
import LayerTestKit
import Testing

@testable import VolumePlugins

/// Where plugins are found, and what is no address.
@Suite(PluginServer.need)
struct PluginSearchTests {
    private let scratch: ScratchDirectory

    init() throws { scratch = try ScratchDirectory() }

    private func directory(_ name: String) throws -> String {
        let path = "\(scratch.path)/\(name)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    private func write(_ text: String, _ path: String) throws { try TestFile.write(Array(text.utf8), to: path) }

    @Test("Sockets come before files, and both are found in directories of their own")
    func places() throws {
        let (first, second) = (try directory("first"), try directory("second"))
        _ = try directory("second/nested")
        _ = try directory("first/nothing")
        _ = try directory("first/written")
        let plain = try PluginServer("plain", in: second)
        let nested = try PluginServer("nested", in: second + "/nested")
        try write("unix:///elsewhere.sock", first + "/plain.spec")
        try write(" unix:///a.sock\n", first + "/listed.spec")
        try write(#"{"Name":"other","Addr":"unix:///b.sock","TLSConfig":null}"#, first + "/written/written.json")
        try write("no socket", first + "/false.sock")
        let search = PluginSearch([first, scratch.path + "/missing", second])
        #expect(search.names() == ["listed", "nested", "plain", "written"])
        #expect(try search.socket(of: "plain") == second + "/plain.sock")
        #expect(try search.socket(of: "nested") == second + "/nested/nested.sock")
        #expect(try search.socket(of: "listed") == "/a.sock")
        #expect(try search.socket(of: "written") == "/b.sock")
        _ = (plain, nested)
    }

    @Test(
        "A name is one component, whatever it looks like",
        arguments: ["", ".", "..", "../first", "a/b", "a\0", "no"]
    )
    func foreignNames(_ name: String) throws {
        try write("unix:///a.sock", scratch.path + "/first.spec")
        let search = PluginSearch([try directory("second"), scratch.path + "/second/.."])
        let error = #expect(throws: PluginError.self) { try search.socket(of: name) }
        #expect(error?.kind == .notFound && error?.description.hasSuffix("\" not found") == true)
        #expect(try search.socket(of: "first") == "/a.sock")
    }

    @Test(
        "What is no socket of this machine is refused in clear words",
        arguments: [
            ("spec", "tcp://127.0.0.1:80", #"its address is "tcp://127.0.0.1:80": only sockets of this machine"#),
            ("spec", "https://host", #"its address is "https://host": only sockets"#),
            ("spec", "unix://relative", #"its address is "unix://relative": only sockets"#),
            ("spec", "", #"its address is "": only sockets"#), ("json", "{", "unexpected end of JSON"),
            ("json", #"{"Addr":"http://a"}"#, #"its address is "http://a": only sockets"#),
            ("json", #"{"Addr":"unix:///a\u0000b"}"#, "which is no path"),
        ]
    )
    func foreignAddresses(ending: String, text: String, said: String) throws {
        try write(text, "\(scratch.path)/far.\(ending)")
        let error = #expect(throws: PluginError.self) { try PluginSearch([scratch.path]).socket(of: "far") }
        #expect(error?.kind == .failed)
        #expect(error?.description.hasPrefix(#"plugin "far": "#) == true && error?.reason.contains(said) == true)
        #expect(error?.description.utf8.contains { $0 < 32 } == false)
    }
}
