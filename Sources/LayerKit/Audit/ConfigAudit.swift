import ImageSpec
import LayerAudit
import LayerModel

/// What an image's config and its manifest say.
struct ConfigAudit {
    let image: ImageDetails

    private var config: JSONObject { image.config.config }

    /// All findings but those about files.
    func findings() throws -> [AuditFinding] {
        var all = [user, ports, healthcheck, digest].compactMap(\.self)
        for text in strings("Env") {
            all += findings(in: AuditedText(text, isVariable: true), .secretEnvironment, "ENV")
        }
        for name in ["Cmd", "Entrypoint", "OnBuild", "Shell"] {
            for text in strings(name) { all += matches(in: AuditedText(text), name) }
        }
        for label in config["Labels"]?.objectValue?.members ?? [] {
            all += matches(in: AuditedText(label.value.stringValue ?? ""), "label \(label.key)")
        }
        for text in config["Healthcheck"]?.objectValue?["Test"]?.arrayValue?.compactMap(\.stringValue) ?? [] {
            all += matches(in: AuditedText(text), "HEALTHCHECK")
        }
        return all + (try history())
    }

    private func strings(_ name: String) -> [String] { config[name]?.arrayValue?.compactMap(\.stringValue) ?? [] }

    private var user: AuditFinding? {
        let user = config["User"]?.stringValue ?? ""
        guard ["", "0", "root"].contains(user.prefix { $0 != ":" }) else { return nil }
        return AuditFinding(.userRoot, user.isEmpty ? "no user is set" : "user \(user)")
    }

    private var ports: AuditFinding? {
        let ports = (config["ExposedPorts"]?.objectValue?.members ?? []).map(\.key).sorted()
        return ports.isEmpty ? nil : AuditFinding(.portsExposed, ports.joined(separator: ", "))
    }

    private var healthcheck: AuditFinding? {
        let test = config["Healthcheck"]?.objectValue?["Test"]?.arrayValue ?? []
        guard test.isEmpty || test.first?.stringValue == "NONE" else { return nil }
        return AuditFinding(.healthcheckMissing, test.isEmpty ? "no HEALTHCHECK" : "HEALTHCHECK NONE")
    }

    private var digest: AuditFinding? {
        image.manifestDigest == nil ? AuditFinding(.digestMissing, "no manifest digest, names alone") : nil
    }

    private func history() throws -> [AuditFinding] {
        var all: [AuditFinding] = []
        for (entry, place) in zip(image.config.history, try image.config.layerIndexes()) {
            for text in [entry.createdBy, entry.comment].compactMap(\.self) {
                let audited = AuditedText(text)
                var found = findings(in: audited, .secretHistory, "history")
                for index in found.indices {
                    found[index].createdBy = audited.redacted
                    guard let place, image.layers.indices.contains(place) else { continue }
                    (found[index].layerNumber, found[index].diffID) = (place + 1, image.layers[place].diffID)
                }
                all += found
            }
        }
        return all
    }

    private func findings(in text: AuditedText, _ rule: AuditRule, _ place: String) -> [AuditFinding] {
        matches(in: text, place) + text.named.map { AuditFinding(rule, "\($0.name), \($0.shown)") }
    }

    private func matches(in text: AuditedText, _ place: String) -> [AuditFinding] {
        text.matches.map { AuditFinding($0.rule, "\($0.detail), in \(place)", severity: $0.severity) }
    }
}
