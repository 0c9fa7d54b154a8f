import LayerModel

/// What a process that was forked tells the one that waits for it.
struct ForkReport {
    /// The report that nothing failed.
    static let success: [UInt8] = Array("success\n".utf8)
    private static let codes: [(name: String, code: LayerError.Code)] = [
        ("failure", .failure), ("usage", .usage), ("notFound", .notFound), ("conflict", .conflict),
        ("corrupt", .corrupt), ("programNotFound", .programNotFound), ("notExecutable", .notExecutable),
    ]

    /// The report as it goes through the pipe: a word, a line feed, and what is to be said.
    let bytes: [UInt8]

    /// Takes what came through the pipe.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Reports an error.
    init(_ error: LayerError) {
        let name = Self.codes.first { $0.code == error.code }?.name ?? "failure"
        bytes = Array("\(name)\n\(error.message)".utf8)
    }

    /// Throws the error that was reported; a report that says nothing comes from a process that was killed.
    func check() throws(LayerError) {
        if bytes == Self.success { return }
        let text = String(decoding: bytes, as: UTF8.self)
        let name = text.prefix { $0 != "\n" }
        guard let code = Self.codes.first(where: { $0.name == name })?.code else {
            throw LayerError(.failure, "the process that was to do it was ended")
        }
        throw LayerError(code, String(text.dropFirst(name.count + 1)))
    }
}
