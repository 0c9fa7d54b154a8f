import ArgumentParser
import ImageSpec
import LayerAudit
import LayerKit
import LayerSystem
import TextOutput

/// `layerctl audit`: what security practice would ask before an image is run.
struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Look for secrets, rights and wasted room in images, before they are run.",
        discussion: """
            Secrets are looked for in all files of all layers, also in those that a later layer deletes or replaces, in variables and in the \
            history; modes, capabilities and devices are those of the finished tree. A secret is never printed, only its first four characters \
            and its length. What lies in a directory of tests or documentation is low. Archives inside of files are not opened, of one file ten \
            secrets are told. With --fail-on the exit status is 6 when something is found from that severity on.
            """
    )

    @Argument(help: "IMAGE|FILE") var images: [String] = []
    @Option(help: ArgumentHelp("Show findings from this severity on: info, low, medium, high.", valueName: "severity"))
    var severity = AuditSeverity.info
    @Option(help: ArgumentHelp("End with status 6 for findings from this severity on.", valueName: "severity"))
    var failOn: AuditSeverity?
    @Option(
        help: ArgumentHelp(
            "Leave out a rule, or with a glob what it finds there; can be repeated.",
            valueName: "rule[:glob]"
        )
    )
    var ignore: [AuditException] = []
    @Option(help: ArgumentHelp("The most that the files of a layer may hold.", valueName: "size")) var maxLayerSize:
        ByteCount?
    @Flag(help: "List the rules and what they look for.") var rules = false
    @Option(help: ArgumentHelp("table, json, or a Go template over the JSON.", valueName: "format")) var format: String?
    @Flag(help: "Do not shorten.") var noTrunc = false
    @Option(help: ArgumentHelp("The platform, os[/arch[/variant]].", valueName: "platform")) var platform: Platform?
    @OptionGroup var store: StoreOptions

    func validate() throws {
        if images.isEmpty != rules { throw ValidationError("name images, or --rules for the list of rules") }
    }

    func run() throws {
        guard !rules else {
            return try ResultPrinter.write(format, lines: AuditRuleTable.lines) { AuditRuleTable.object }
        }
        var options = AuditOptions()
        if let maxLayerSize { options.layerByteLimit = maxLayerSize.value }
        let inquiry = TreeInquiry(try store.openToRead(), platform: platform)
        var reports: [AuditDocument.Report] = []
        for name in images {
            let report = try inquiry.audit(name, options: options)
            let findings = report.findings.filter { finding in !ignore.contains { $0.covers(finding) } }
            reports.append(AuditDocument.Report(subject: name, image: report.image, findings: findings))
        }
        let document = AuditDocument(reports, from: severity, isTruncated: !noTrunc)
        try ResultPrinter.write(format, lines: document.lines) { document.object }
        guard let failOn, reports.contains(where: { $0.findings.contains { $0.severity >= failOn } }) else { return }
        try StandardStream.output.flush()
        throw ExitStatusError(status: .findings)
    }
}
