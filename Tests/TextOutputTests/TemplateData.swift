import ImageSpec

@testable import TextOutput

/// The value that the golden results were made with: in Go a pointer to a struct of structs, lists and maps.
enum TemplateData {
    static let json = #"""
        {"Id":"sha256:0123456789abcdef","RepoTags":["a:1","b/c:2"],"Comment":"","Size":1000734,"Config":{"User":"",
        "Env":["A=1","B=<2>","PATH=/bin:/usr/bin"],"Cmd":["sh","-c","x y"],"Entrypoint":null,
        "Labels":{"a":"1 <&>","b":"2","multi":"l1\nl2","x.y":"dots"},"ExposedPorts":{"80/tcp":{}},"Volumes":null,
        "Healthcheck":null,"Tty":false},"RootFS":{"Type":"layers","Layers":["sha256:aa","sha256:bb","sha256:cc"]},
        "Data":null,"Any":{"e":[],"i":42,"l":["a",1,true,null],"m":{"j":null,"k":"v"},"n":null,"s":"text"}}
        """#

    static let shape = TemplateShape.record([
        "Id": .text,
        "RepoTags": .list(.text),
        "Comment": .text,
        "Size": .integer,
        "Config": .record([
            "User": .text,
            "Env": .list(.text),
            "Cmd": .list(.text),
            "Entrypoint": .list(.text),
            "Labels": .map(.text),
            "ExposedPorts": .map(.record([:])),
            "Volumes": .map(.record([:])),
            "Healthcheck": .record(["Test": .list(.text), "Interval": .integer]),
            "Tty": .bool,
        ]),
        "RootFS": .record(["Type": .text, "Layers": .list(.text)]),
        "Data": .map(.text),
        "Any": .map(.any),
    ])

    static func value() throws -> TemplateValue {
        TemplateValue(try JSONValue(parsing: json.utf8), shape: shape)
    }

    /// What a template prints for the value, and its error in words.
    static func result(of template: String) throws -> (output: String, error: String?) {
        let value = try value()
        var output: [UInt8] = []
        var message: String?
        do throws(TemplateError) {
            try GoTemplate(parsing: template).execute(value, into: &output)
        } catch {
            message = error.description
        }
        return (String(decoding: output, as: UTF8.self), message)
    }
}
