import ImageSpec
import Testing

/// Instructions and what they change in a config.
struct ChangeCase: Sendable, CustomTestStringConvertible {
    /// The config before.
    enum Base: Sendable {
        /// Few members.
        case plain
        /// A value in every member that a container has of its image.
        case rich

        var config: JSONObject {
            switch self {
            case .plain:
                [
                    "Env": ["PATH=/bin", "GREETING=hello, world"], "Cmd": ["/bin/sh"], "WorkingDir": "/data",
                    "Labels": ["note": "tab\tand <angle> & ampersand", "org.opencontainers.image.title": "small"],
                ]
            case .rich:
                [
                    "User": "u:g", "ExposedPorts": ["22/tcp": [:], "53/udp": [:]],
                    "Env": ["PATH=/bin", "GREETING=hello, world", "EMPTY=", "D=/base/dir"], "Cmd": ["c1", "c2"],
                    "Healthcheck": [
                        "Test": ["CMD-SHELL", "base check"], "Interval": 5_000_000_000, "Timeout": 3_000_000_000,
                        "Retries": 4,
                    ],
                    "Volumes": ["/v": [:]], "WorkingDir": "/w/d", "Entrypoint": ["/e", "x"],
                    "Labels": ["note": "tab\tand <angle> & ampersand", "org.opencontainers.image.title": "small"],
                ]
            }
        }
    }

    let base: Base
    let texts: [String]
    /// The members that differ from before, as JSON with sorted keys; `null` for one that is gone.
    let changed: String

    init(_ base: Base, _ texts: [String], _ changed: String) {
        self.base = base
        self.texts = texts
        self.changed = changed
    }

    var testDescription: String { "\(base): \(texts)" }

    /// What Docker 20.10 has been asked.
    static let docker = commands + checks + variables + labels + ports + places + lines + random

    /// The members in which two configs differ, as JSON with sorted keys; `null` for one that is gone.
    static func difference(_ before: JSONObject, _ after: JSONObject) -> String {
        var changed = JSONObject()
        for member in after.members where !isSame(before[member.key], member.value) {
            changed[member.key] = member.value
        }
        for key in before.keys where after[key] == nil { changed[key] = .null }
        return String(decoding: JSONValue.object(changed).encoded(sortedKeys: true), as: UTF8.self)
    }

    private static func isSame(_ left: JSONValue?, _ right: JSONValue) -> Bool {
        left?.encoded(sortedKeys: true) == right.encoded(sortedKeys: true)
    }
}
