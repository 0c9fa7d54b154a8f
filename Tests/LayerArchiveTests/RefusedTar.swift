/// A tar that is refused, and how.
struct RefusedTar: CustomStringConvertible, Sendable {
    let description: String
    let error: String
    /// Whether libarchive alone reads it without a complaint, so that own code must refuse it.
    let isPassedByLibarchive: Bool
    let bytes: [UInt8]

    init(_ description: String, _ error: String, passes: Bool = false, _ build: (inout RawTar) -> Void) {
        self.description = description
        self.error = error
        isPassedByLibarchive = passes
        var tar = RawTar()
        build(&tar)
        tar.addZeroBlocks()
        bytes = tar.bytes
    }

    /// One member with fields of its own, behind a good one: libarchive looks at the numbers of the first header only.
    init(_ description: String, _ error: String, passes: Bool = false, header: RawTar.Header, body: [UInt8] = []) {
        self.init(description, error, passes: passes) { tar in
            tar.addFile("good")
            tar.add(header, body: body)
        }
    }

    /// A file `f` behind a PAX header with this body.
    init(_ description: String, _ error: String, passes: Bool = false, pax: String) {
        self.init(description, error, passes: passes) { tar in
            tar.addExtension("x", Array(pax.utf8))
            tar.addFile("f")
        }
    }
}
