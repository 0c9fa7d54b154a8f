import LayerModel
import LayerTestKit

@testable import LayerKit

/// What is done with a store and a driver beyond edits; each gives what it finds wrong.
enum StoreScript: String, Codable, CodingKeyRepresentable, CaseIterable {
    case closeTwice
    case readOnly
    case nameTaken
    case inUse
    case intermediate
    case states
    case socket
    case twoContainers
    case cutOff
    case rootMode

    /// What the store has: one image, of the file `f` with the text `1` and the directory `d`.
    static let image = MadeImage(
        tars: [
            TarBuilder.tar([
                LayerEntry(.root.appending([0x66]), .regular, attributes: FileAttributes(mode: 0o644), content: [0x31]),
                LayerEntry(.root.appending([0x64]), .directory, attributes: FileAttributes(mode: 0o755)),
            ])
        ],
        tags: []
    )

    /// Whether it means anything with a driver.
    func applies(to driver: DriverUnderTest) -> Bool {
        switch self {
        case .readOnly: driver.kind != .copy && driver.kind != .union
        case .socket, .rootMode: driver.kind != .union
        default: true
        }
    }

    /// Runs it in such a store.
    func faults(_ observer: CaseObserver) -> [String] {
        do {
            return try ScriptRun(observer).run(self)
        } catch {
            return ["\(error)"]
        }
    }
}
