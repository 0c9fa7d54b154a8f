import Foundation
import ImageSpec
import LayerTestKit
import Testing

@testable import VolumePlugins

/// What a plugin is asked, and what is made of its answers.
@Suite(PluginServer.need)
struct VolumePluginTests {
    /// Nobody waits long in a test.
    private static let limits = PluginLimits(connectMilliseconds: 0, longMilliseconds: 700, shortMilliseconds: 700)

    private func plugin(_ server: PluginServer) throws -> VolumePlugin {
        try VolumePlugin(named: server.name, in: PluginSearch([server.directory]), limits: Self.limits)
    }

    @Test("Each call has the members of the protocol")
    func calls() throws {
        let server = try PluginServer()
        let plugin = try plugin(server)
        #expect(try plugin.volume("one") == nil)
        try plugin.create("one", options: ["b": "2", "a": "1"])
        #expect(try plugin.path(of: "one") == nil)
        #expect(try plugin.mount("one", id: "me") == server.files("one"))
        #expect(try plugin.path(of: "one") == server.files("one"))
        let volume = try #require(try plugin.volume("one"))
        #expect(volume.path == server.files("one") && volume.created?.rfc3339() == "2020-02-02T02:02:02Z")
        #expect(volume.status == ["users": 1])
        #expect(try plugin.volumes().map(\.name) == ["one"])
        #expect(plugin.scope() == "global")
        try plugin.unmount("one", id: "me")
        #expect(throws: PluginError.self) { try plugin.unmount("one", id: "me") }
        try plugin.remove("one")
        #expect(try plugin.volumes().isEmpty)
        #expect(
            try server.calls() == [
                #"Get {"Name": "one"}"#, #"Create {"Name": "one", "Opts": {"a": "1", "b": "2"}}"#,
                #"Path {"Name": "one"}"#, #"Mount {"Name": "one", "ID": "me"}"#, #"Path {"Name": "one"}"#,
                #"Get {"Name": "one"}"#, "List {}", "Capabilities {}", #"Unmount {"Name": "one", "ID": "me"}"#,
                #"Unmount {"Name": "one", "ID": "me"}"#, #"Remove {"Name": "one"}"#, "List {}",
            ]
        )
    }

    /// A wrong answer, and what is said of it.
    struct Fault: Sendable, CustomTestStringConvertible {
        let call: String
        let name: String
        let reason: String
        var kind = PluginError.Kind.failed

        var testDescription: String { "\(call): \(name)" }

        static let all = [
            Fault(call: "Activate", name: "json", reason: "the answer: unexpected end of JSON at line 1, column 2"),
            Fault(call: "Activate", name: "array", reason: "the answer is no JSON object"),
            Fault(
                call: "Activate",
                name: "role",
                reason: "Plugin does not implement the requested driver (VolumeDriver)",
                kind: .keepsNoVolumes
            ),
            Fault(
                call: "Activate",
                name: "nothing",
                reason: "Plugin does not implement the requested driver (VolumeDriver)",
                kind: .keepsNoVolumes
            ),
            Fault(call: "Activate", name: "hang", reason: "no answer within 0.7 seconds"),
            Fault(call: "Activate", name: "close", reason: "Empty reply from server"),
            Fault(call: "Activate", name: "early", reason: "transfer closed with 99 bytes remaining to read"),
            Fault(call: "Activate", name: "noise", reason: "Received HTTP/0.9 when not allowed"),
            Fault(call: "Activate", name: "redirect", reason: "HTTP status 302", kind: .refused),
            Fault(call: "Mount", name: "plain", reason: "in plain; words", kind: .refused),
            Fault(call: "Mount", name: "absent", reason: "HTTP status 404", kind: .refused),
            Fault(call: "Mount", name: "error", reason: #"bad \x1b[31mluck\n"#, kind: .refused),
            Fault(call: "Mount", name: "relative", reason: "the answer's Mountpoint is no absolute path"),
            Fault(call: "Mount", name: "nul", reason: "the answer's Mountpoint is no absolute path"),
            Fault(call: "Mount", name: "number", reason: "the answer's Mountpoint is no absolute path"),
            Fault(call: "Mount", name: "nothing", reason: "the answer has no Mountpoint"),
            Fault(call: "Mount", name: "hang", reason: "no answer within 0.7 seconds"),
            Fault(call: "List", name: "huge", reason: "the answer is longer than 16777216 bytes"),
            Fault(
                call: "List",
                name: "deep",
                reason: "the answer: JSON nested more than 32 levels deep at line 1, column 33"
            ),
            Fault(call: "List", name: "number", reason: "the answer's Volumes are no list"),
            Fault(call: "List", name: "other", reason: "element 0 of the answer's Volumes is no volume"),
            Fault(call: "Get", name: "relative", reason: "the answer's Volume is none, or another one"),
            Fault(call: "Get", name: "other", reason: "the answer's Volume is none, or another one"),
            Fault(call: "Get", name: "number", reason: "the answer's Volume is none, or another one"),
            Fault(call: "Create", name: "error", reason: #"bad \x1b[31mluck\n"#, kind: .refused),
            Fault(call: "Remove", name: "close", reason: "Empty reply from server"),
            Fault(call: "Unmount", name: "plain", reason: "in plain; words", kind: .refused),
            Fault(call: "Path", name: "relative", reason: "the answer's Mountpoint is no absolute path"),
        ]
    }

    @Test("A wrong answer is an error that names plugin, call and reason", arguments: Fault.all)
    func faults(_ fault: Fault) throws {
        let server = try PluginServer(faults: [fault.call: fault.name])
        let error = #expect(throws: PluginError.self) {
            let plugin = try plugin(server)
            if fault.call != "Create" { try plugin.create("one", options: [:]) }
            switch fault.call {
            case "Create": try plugin.create("one", options: [:])
            case "Mount": _ = try plugin.mount("one", id: "me")
            case "Unmount": try plugin.unmount("one", id: "me")
            case "Remove": try plugin.remove("one")
            case "Path": _ = try plugin.path(of: "one")
            case "Get": _ = try plugin.volume("one")
            default: _ = try plugin.volumes()
            }
        }
        let role = fault.call == "Activate" ? "Plugin" : "VolumeDriver"
        #expect(error?.kind == fault.kind)
        let start = #"plugin "keeper": \#(role).\#(fault.call): "#
        #expect(error?.description.hasPrefix(start + fault.reason) == true, "\(error?.description ?? "")")
        #expect(error?.description.utf8.contains { $0 < 32 } == false)
    }

    @Test(
        "A plugin that says nothing of its scope is local",
        arguments: ["absent", "json", "hang", "nothing", "error"]
    )
    func scope(_ fault: String) throws {
        #expect(try plugin(PluginServer(faults: ["Capabilities": fault])).scope() == "local")
    }

    @Test("A socket that nobody listens at yet is tried again")
    func lateStart() throws {
        let scratch = try ScratchDirectory()
        // Nobody listens at the socket of a server that has gone.
        try PluginServer("late", in: scratch.path).end()
        let search = PluginSearch([scratch.path])
        let error = #expect(throws: PluginError.self) {
            try VolumePlugin(named: "late", in: search, limits: Self.limits)
        }
        #expect(error?.reason.hasPrefix("nobody listens at \(scratch.path)/late.sock: ") == true)
        let server = try PluginServer("early", in: scratch.path)
        let path = scratch.path
        Thread.detachNewThread {
            Thread.sleep(forTimeInterval: 0.3)
            rename(path + "/early.sock", path + "/late.sock")
        }
        let plugin = try VolumePlugin(named: "late", in: search, limits: PluginLimits(connectMilliseconds: 20_000))
        #expect(try plugin.volumes().isEmpty)
        server.end()
    }
}
