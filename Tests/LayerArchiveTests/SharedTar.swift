import Foundation
import LayerArchive
import LayerTestKit
import Testing

/// A tar of the corpora of Go and of tar-rs that lie beside the repository.
struct SharedTar: CustomStringConvertible {
    let name: String
    /// Why it is refused; nil when it is read.
    var refusal: String? { Self.refusals[name] }
    var description: String { name }
    /// Whether Python takes the first of several GNU names, or the length of a PAX sparse file from the wrong record; GNU tar, Go
    /// and libarchive agree on these.
    var isMisreadByPython: Bool {
        ["gnu-multi-hdrs.tar", "pax-nil-sparse-data.tar", "pax-nil-sparse-hole.tar", "pax-sparse-big.tar"].contains(
            name
        )
    }

    static let all: [SharedTar] = {
        let folder = Need.sharedPath("images/tar") ?? ""
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.contains(".tar") }.sorted().map { SharedTar(name: $0) }
    }()

    func bytes() throws -> [UInt8] {
        let path = try #require(Need.sharedPath("images/tar/" + name))
        let stored = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        return try TarReading.bytes(of: Decompressor(BytesSource(stored)))
    }

    private static let refusals: [String: String] = [
        // A member of an incremental dump that lists a directory's names.
        "gnu-incremental.tar": #"entry "test2/": unsupported member type 'D'"#,
        // Other readers disagree on whether content follows a header that should have none.
        "hdr-only.tar": #"entry "dir/": corrupt tar header: data in a member that is no file"#,
        "invalid-go17.tar": #"entry "foo": unsupported GNU header with a name prefix"#,
        "nil-uid.tar": #"entry "P1050238.JPG.log": corrupt tar header: sparse map without regions"#,
        "issue10968.tar": "corrupt tar archive: it does not begin with a tar header",
        "issue11169.tar": "truncated tar header",
        "issue12435.tar": "corrupt tar header: bad number in the size field",
        "neg-size.tar": #"entry "\x13\x0300\x13\x03-821950296t\x13\x13\x83s|\x83s\x1300qw\xe1f\xbb\x03000": "#
            + "corrupt tar header: bad number in the size field",
        "pax-bad-hdr-file.tar": "corrupt PAX record: wrong length",
        "pax-bad-hdr-large.tar.bz2":
            "extension header too large (over 1048576 bytes); --limit extension-bytes=N allows more",
        "pax-multi-hdrs.tar": #"entry "PAX1/PAX1/long-path-name": corrupt tar header: two PAX headers for one member"#,
        "pax-nul-path.tar": "corrupt PAX record: NUL in a name or number",
        "pax-nul-xattrs.tar": "corrupt PAX record: NUL in a keyword",
        "pax-path-hdr.tar":
            #"entry "PAX1/PAX1/long-path-name": truncated tar archive (extension header without a member)"#,
        "gnu-sparse-many-zeros.tar.bz2":
            #"entry "sparse": too many sparse regions (over 65536); --limit sparse-regions=N allows more"#,
        // Headers of a file of 16 GiB without the file.
        "writer-big.tar": #"entry "tmp/16gig.txt": truncated tar archive"#,
        "writer-big-long.tar":
            #"entry "\#(String(repeating: "longname/", count: 15))16gig.txt": truncated tar archive"#,
    ]
}
