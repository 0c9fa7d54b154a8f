import ImageSpec
import TextOutput

/// Readers of what users and their scripts write.
enum ArgumentFuzzing {
    static func mount(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        var requests = MountRequests()
        do throws(MountError) { try requests.addVolume(text, in: "/work") } catch { _ = error.description }
        do throws(MountError) {
            try requests.addMount(text, in: "/work") { HumanSize.parse($0) }
        } catch { _ = error.description }
        requests.addTmpfs(text)
    }

    static func change(_ bytes: [UInt8]) {
        let config: JSONObject = [
            "Env": ["PATH=/bin", "A=b"], "Cmd": ["sh"], "WorkingDir": "/work", "Labels": ["a": "b"],
        ]
        do throws(ChangeError) {
            let changes = try ConfigChanges(parsing: [String(decoding: bytes, as: UTF8.self)])
            let changed = try changes.applied(to: config)
            _ = JSONValue.object(changed).encoded()
        } catch { _ = error.description }
    }

    static func template(_ bytes: [UInt8]) {
        // What a template repeats it repeats for each element: a short one can print for ever on a long list.
        guard bytes.count <= 256 else { return }
        let value: JSONObject = ["Name": "x", "List": ["a", "b"], "Map": ["k": 1], "Number": 7, "None": .null]
        var output: [UInt8] = []
        do throws(TemplateError) {
            let template = try GoTemplate(parsing: String(decoding: bytes, as: UTF8.self))
            try template.execute(TemplateValue(.object(value), shape: .any), into: &output)
        } catch { _ = "\(error)" }
    }
}
