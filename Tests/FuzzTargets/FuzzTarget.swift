/// A reader of outside input, as a fuzzer drives it: any bytes must give a value or an error, and keep the reader's laws.
///
/// A law that does not hold ends the process, which is what fuzzers look for.
public enum FuzzTarget: String, CaseIterable, Sendable {
    /// A tar, read whole and scanned: both must find the same entries, and the raw bytes must be those of the source.
    case tar
    /// The body of a PAX header before a file.
    case pax
    /// A gzip stream.
    case gzip
    /// A zstd stream.
    case zstd
    /// A stream in any compression that is known.
    case stream
    /// A JSON value: what is written again reads as the same.
    case json
    /// References, digests and platforms: what is printed reads as the same.
    case reference
    /// Manifests, indexes, configs and the documents of archives from before Docker 1.10.
    case document
    /// A layer's index, its checksums mended.
    case index
    /// The arguments `-v`, `--mount` and `--tmpfs`.
    case mount
    /// Instructions of a Dockerfile.
    case change
    /// A Go template.
    case template
    /// A layer's tar, unpacked: the tar that is made again must be the same.
    case layer
    /// An archive of images, loaded into a store: what is refused must leave nothing.
    case load

    /// The folders of the corpus that hold inputs of it.
    var folders: [String] { self == .layer ? [Self.tar.rawValue] : [rawValue] }

    /// Reads an input.
    ///
    /// - Parameter input: Any bytes, valid during the call only.
    public func run(_ input: UnsafeRawBufferPointer) {
        let bytes = Array(input)
        switch self {
        case .tar: ArchiveFuzzing.tar(bytes)
        case .pax: ArchiveFuzzing.pax(bytes)
        case .gzip: ArchiveFuzzing.stream([0x1f, 0x8b, 8] + bytes)
        case .zstd: ArchiveFuzzing.stream([0x28, 0xb5, 0x2f, 0xfd] + bytes)
        case .stream: ArchiveFuzzing.stream(bytes)
        case .json: DocumentFuzzing.json(bytes)
        case .reference: DocumentFuzzing.reference(bytes)
        case .document: DocumentFuzzing.document(bytes)
        case .index: TreeFuzzing.index(bytes)
        case .mount: ArgumentFuzzing.mount(bytes)
        case .change: ArgumentFuzzing.change(bytes)
        case .template: ArgumentFuzzing.template(bytes)
        case .layer: TreeFuzzing.layer(bytes)
        case .load: LoadFuzzing.load(bytes)
        }
    }
}
