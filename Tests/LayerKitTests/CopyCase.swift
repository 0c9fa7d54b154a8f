/// One copy of a table: what it does, or why it is refused.
struct CopyCase: CustomStringConvertible, Sendable {
    let source: String
    let destination: String
    let followsLinks: Bool
    /// What changes, or what is there afterwards; nil where the copy is refused.
    let lines: [String]?
    /// What the message says.
    let refusal: String

    var description: String { "cp \(followsLinks ? "-L " : "")\(source) \(destination)" }

    init(_ source: String, _ destination: String, followsLinks: Bool = false, _ lines: [String]) {
        self.source = source
        self.destination = destination
        self.followsLinks = followsLinks
        self.lines = lines
        refusal = ""
    }

    init(_ source: String, _ destination: String, refused refusal: String) {
        self.source = source
        self.destination = destination
        followsLinks = false
        lines = nil
        self.refusal = refusal
    }

    /// What the container has: `box`.
    static let container: [[String]] = [
        [
            "dir/", "dir/kept=kept", "gone=gone", "file=old", "conflict/", "conflict/dir=file", "blocked/",
            "blocked/file/",
            "secret=lower",
        ],
        [
            ".wh.gone", "link->file", "dirlink->dir", "abs->/dir", "up->../../../file", "dangling->missing", "run/",
            "var/",
            "var/run->/run", "pipe|", "tree/", "tree/one=1", "tree/two=>tree/one", "tree/sub/ 750",
            "tree/sub/to->../one",
        ],
    ]

    /// From the host, whose paths are relative to the test's directory, into the container; the lines are those of `diff`.
    static let inward: [CopyCase] = [
        CopyCase("file", "/new", ["A /new"]),
        CopyCase("file", "new", ["A /new"]),
        CopyCase("file", "/new/", refused: "no such directory"),
        CopyCase("file", "/file", ["C /file"]),
        CopyCase("file", "/file/", refused: "not a directory"),
        CopyCase("file", "/dir", ["C /dir", "A /dir/file"]),
        CopyCase("file", "/dir/", ["C /dir", "A /dir/file"]),
        CopyCase("file", "/gone", ["A /gone"]),
        CopyCase("file", "/", ["C /file"]),
        CopyCase("dir", "/new", ["A /new", "A /new/one", "A /new/sub", "A /new/sub/two"]),
        CopyCase("dir", "/new/", ["A /new", "A /new/one", "A /new/sub", "A /new/sub/two"]),
        CopyCase("dir/", "/new", ["A /new", "A /new/one", "A /new/sub", "A /new/sub/two"]),
        CopyCase("dir", "/file", refused: "cannot copy directory"),
        CopyCase("dir", "/dir", ["C /dir", "A /dir/dir", "A /dir/dir/one", "A /dir/dir/sub", "A /dir/dir/sub/two"]),
        CopyCase("dir/.", "/dir", ["C /dir", "A /dir/one", "A /dir/sub", "A /dir/sub/two"]),
        CopyCase("dir/.", "/new", ["A /new", "A /new/one", "A /new/sub", "A /new/sub/two"]),
        CopyCase("link", "/new", ["A /new"]),
        CopyCase("link", "/new", followsLinks: true, ["A /new"]),
        CopyCase("link", "/dir", followsLinks: true, ["C /dir", "A /dir/link"]),
        CopyCase("dirlink", "/dir", ["C /dir", "A /dir/dirlink"]),
        CopyCase("dirlink/", "/dir/", ["C /dir"] + ["", "/one", "/sub", "/sub/two"].map { "A /dir/dirlink" + $0 }),
        CopyCase("file", "/link", ["C /file"]),
        CopyCase("file", "/up", ["C /file"]),
        CopyCase("file", "/dirlink", ["C /dir", "A /dir/file"]),
        CopyCase("file", "/abs/x", ["C /dir", "A /dir/x"]),
        CopyCase("file", "/dangling", ["A /missing"]),
        CopyCase("file", "/var/run", ["C /run", "A /run/file"]),
        CopyCase("file", "/var/run/../up", ["C /file"]),
        CopyCase("file", "/nope/x", refused: "Could not find the file /nope/x in container box"),
        CopyCase("file", "/pipe", refused: "must be a directory or a regular file"),
        CopyCase("dir", "/conflict", refused: "cannot overwrite non-directory \"/conflict/dir\" with directory"),
        CopyCase("file", "/blocked", refused: "cannot overwrite directory \"/blocked/file\" with non-directory"),
        CopyCase("absent", "/new", refused: "no such file or directory"),
        CopyCase("file/", "/new", refused: "not a directory"),
        CopyCase("pipe", "/new", ["A /new"]),
    ]

    /// From the container into an empty directory of the host, which has a file `taken` and a directory `there`.
    static let outward: [CopyCase] = [
        CopyCase("/file", "new", ["new file"]),
        CopyCase("/file", "new/", refused: "no such directory"),
        CopyCase("/file", "there", ["there/file file"]),
        CopyCase("file", "taken", []),
        CopyCase("/dir", "new", ["new dir", "new/kept file"]),
        CopyCase("/dir", "taken", refused: "cannot copy directory"),
        CopyCase("/dir", "there", ["there/dir dir", "there/dir/kept file"]),
        CopyCase("/dir/.", "there", ["there/kept file"]),
        CopyCase("/link", "new", ["new symlink"]),
        CopyCase("/link", "there", followsLinks: true, ["there/link file"]),
        CopyCase("/dirlink", "there", followsLinks: true, ["there/dirlink dir", "there/dirlink/kept file"]),
        CopyCase("/dirlink/", "there", ["there/dirlink dir", "there/dirlink/kept file"]),
        CopyCase("/var/run/../up", "new", followsLinks: true, ["new file"]),
        CopyCase("/tree", "new", ["new dir", "new/one file", "new/sub dir", "new/sub/to symlink", "new/two file"]),
        CopyCase("/pipe", "new", ["new fifo"]),
        CopyCase("/gone", "new", refused: "Could not find the file /gone in container box"),
        CopyCase("/file", "nope/x", refused: "nope\" does not exist"),
    ]
}
