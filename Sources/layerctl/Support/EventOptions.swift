import ArgumentParser
import ImageSpec
import LayerKit
import LayerSystem
import TextOutput

/// What `blame` and `log` have in common.
struct EventOptions: ParsableArguments {
    @Option(help: ArgumentHelp("table, 'table TEMPLATE', json, or a Go template.", valueName: "format")) var format = ""
    @Flag(help: "Do not shorten.") var noTrunc = false
    @Option(help: ArgumentHelp("The platform, os[/arch[/variant]].", valueName: "platform")) var platform: Platform?
    @OptionGroup var store: StoreOptions

    func events(of paths: [String], in image: String) throws -> [(path: [UInt8], events: [PathEvent])] {
        try TreeInquiry(store.openToRead(), platform: platform).events(of: paths.map { Array($0.utf8) }, in: image)
    }

    func write(_ rows: [[String: TemplateValue]], _ formatter: RowFormatter) throws {
        try StandardStream.output.write(try formatter.output(rows, format: format))
    }
}
