import Testing

/// Layers, the lowest first, and the tree of the topmost on disk.
struct OverlayCase: Sendable, CustomTestStringConvertible {
    let id: String
    let layers: [[String]]
    let tree: [String]
    var isRootOpaque = false

    init(_ id: String, _ layers: [[String]], _ tree: [String], isRootOpaque: Bool = false) {
        self.id = id
        self.layers = layers
        self.tree = tree
        self.isRootOpaque = isRootOpaque
    }

    var testDescription: String { id }
}

extension OverlayCase {
    static let replacing: [OverlayCase] = [
        OverlayCase(
            "L-20 files, directories, links and FIFOs",
            [["d/ 700", "d/f=1", "s->d/f", "p| 600"]],
            ["d/ 700", "d/f=1", "p| 600", "s->d/f"]
        ),
        OverlayCase("L-11 no entry at all", [["f"], []], []),
        OverlayCase("L-42 the last of two directories of one name", [["d/ 700", "d/f", "d/ 711"]], ["d/ 711", "d/f"]),
        OverlayCase("L-50 a directory over a lower one", [["d/", "d/f"], ["d/ 711"]], ["d/ 711"]),
        OverlayCase("L-51 the last of two files of one name", [["f=1", "f=2"]], ["f=2"]),
        OverlayCase("L-51 a file over a directory", [["d/", "d/e/", "d/e/f=1", "d=2"]], ["d=2"]),
        OverlayCase("L-51 a file over a directory that held a whiteout", [["d/f"], ["d/.wh.f", "d=2"]], ["d=2"]),
        OverlayCase("L-51 a directory over a file hides lower children", [["d/f"], ["d=1", "d/"]], ["d/ opaque"]),
        OverlayCase("L-51 a directory over a file and back", [["d/f=1", "d=2", "d/", "d/g"]], ["d/ opaque", "d/g"]),
        OverlayCase(
            "L-51 a directory over a link of its layer",
            [["d/", "s->d", "s/", "s/f"]],
            ["d/", "s/ opaque", "s/f"]
        ),
        OverlayCase("L-51 a link over a directory", [["d/f", "d->e"]], ["d->e"]),
        OverlayCase("L-51 a link over a link", [["s->a", "s->b"]], ["s->b"]),
        OverlayCase("L-51 a FIFO over a file", [["f=1", "f|"]], ["f|"]),
        OverlayCase("L-53 implied parents", [["a/b/c=1"]], ["a/", "a/b/", "a/b/c=1"]),
        OverlayCase(
            "L-53 implied parents look as they do below",
            [["a/ 700", "a/b/ 1777"], ["a/b/c=1"]],
            ["a/ 700", "a/b/ 1777", "a/b/c=1"]
        ),
        OverlayCase("L-53 two layers down", [["a/ 700"], ["a/b"], ["a/c"]], ["a/ 700", "a/c"]),
        OverlayCase("L-53 but not where a layer between hides it", [["a/ 700"], [".wh.a"], ["a/c"]], ["a/", "a/c"]),
        OverlayCase(
            "L-53 but not below an opaque directory",
            [["a/b/ 700"], ["a/.wh..wh..opq", "a/b/c"]],
            ["a/ opaque", "a/b/", "a/b/c"]
        ),
        OverlayCase("L-53 an implied parent that comes later", [["a/f=1", "a/ 700"]], ["a/ 700", "a/f=1"]),
        OverlayCase("L-54 a file as a parent", [["a=1", "a/f=2"]], ["a/ opaque", "a/f=2"]),
        OverlayCase("L-54 a lower file as a parent", [["a=1"], ["a/f=2"]], ["a/", "a/f=2"]),
        OverlayCase("L-55 a link as a parent", [["d/", "s->d", "s/f=1"]], ["d/", "d/f=1", "s->d"]),
        OverlayCase(
            "L-55 an absolute link as a parent",
            [["d/", "e/s->/d", "e/s/f"]],
            ["d/", "d/f", "e/", "e/s->/d"]
        ),
        OverlayCase("L-55 a link that leads out", [["s->../../x", "s/f"]], ["s->../../x", "x/", "x/f"]),
        OverlayCase("L-55 links through links", [["a->b", "b->./c", "a/f"]], ["a->b", "b->./c", "c/", "c/f"]),
        OverlayCase(
            "L-55 a link that leads up from what is missing",
            [["s->q/../d", "s/f"]],
            ["d/", "d/f", "s->q/../d"]
        ),
        OverlayCase("L-55 a lower link as a parent", [["d/", "s->d"], ["s/f=1"]], ["s/", "s/f=1"]),
    ]

    static let markers: [OverlayCase] = [
        OverlayCase("L-60 a whiteout", [["f", "d/ 711", "d/g"], [".wh.f", "d/.wh.g"]], ["d/ 711", "d/g!", "f!"]),
        OverlayCase(
            "L-60 by a marker of any kind",
            [["d/", "e", "f"], [".wh.d/", ".wh.e->x", ".wh.f|"]],
            ["d!", "e!", "f!"]
        ),
        OverlayCase("L-62 before an own file", [["f=1"], [".wh.f", "f=2"]], ["f=2"]),
        OverlayCase("L-62 after an own file", [["f=1"], ["f=2", ".wh.f"]], ["f=2"]),
        OverlayCase("L-62 after an own link", [["d/f"], ["d->e", "d/.wh.f"]], ["d->e"]),
        OverlayCase("L-63 before an own directory", [["d/ 700", "d/f"], [".wh.d", "d/"]], ["d/ opaque"]),
        OverlayCase("L-63 after an own directory", [["d/f"], ["d/ 711", "d/g", ".wh.d"]], ["d/ opaque 711", "d/g"]),
        OverlayCase(
            "L-63 before an implied directory",
            [["d/ 700", "d/f"], [".wh.d", "d/g"]],
            ["d/ opaque", "d/g"]
        ),
        OverlayCase("L-66 of what is not there", [["f"], [".wh.g", "x/.wh.y", "f/.wh.z"]], ["g!"]),
        OverlayCase("L-66 below a whiteout", [["foo/bar"], [".wh.foo", "foo/.wh.bar"]], ["foo!"]),
        OverlayCase("L-66 below an own file", [["f/x"], ["f=1", "f/.wh.x"]], ["f=1"]),
        OverlayCase(
            "L-66 through an own link",
            [["d/ 711", "d/x"], ["s->d", "s/.wh.x"]],
            ["d/ 711", "d/x!", "s->d"]
        ),
        OverlayCase(
            "L-66 through an own link to an own file",
            [["f/x/y"], ["f=1", "s->f/x", "s/.wh.y"]],
            ["f=1", "s->f/x"]
        ),
        OverlayCase("L-70 first", [["d/f"], ["d/.wh..wh..opq", "d/g"]], ["d/ opaque", "d/g"]),
        OverlayCase("L-70 last", [["d/f"], ["d/g", "d/.wh..wh..opq"]], ["d/ opaque", "d/g"]),
        OverlayCase(
            "L-70 keeps the attributes of a lower directory",
            [["d/ 700"], ["d/.wh..wh..opq"]],
            ["d/ opaque 700"]
        ),
        OverlayCase("L-70 of an own file", [["d/f"], ["d=1", "d/.wh..wh..opq"]], ["d=1"]),
        OverlayCase("L-71", [["a", "b/c"], ["d=1", ".wh..wh..opq"]], ["d=1"], isRootOpaque: true),
        OverlayCase(
            "L-71 and implied directories",
            [["b/ 700", "b/c"], [".wh..wh..opq", "b/d"]],
            ["b/", "b/d"],
            isRootOpaque: true
        ),
        OverlayCase("L-72 makes its directory", [["f"], ["d/e/.wh..wh..opq"]], ["d/", "d/e/ opaque"]),
        OverlayCase("L-72 replaces a lower file", [["d=1"], ["d/.wh..wh..opq"]], ["d/ opaque"]),
        OverlayCase(
            "L-73 no whiteout in an opaque directory",
            [["d/f"], ["d/.wh..wh..opq", "d/.wh.f"]],
            ["d/ opaque"]
        ),
        OverlayCase(
            "L-73 nor below it",
            [["d/e/f"], ["d/.wh..wh..opq", "d/e/", "d/e/.wh.f"]],
            ["d/ opaque", "d/e/"]
        ),
        OverlayCase("L-73 nor below an opaque root", [["f"], [".wh..wh..opq", ".wh.f"]], [], isRootOpaque: true),
        OverlayCase("L-74 AUFS's own things", [[".wh..wh.aufs", ".wh..wh.orph/", ".wh..wh.plnk/", "f"]], ["f"]),
        OverlayCase(
            "L-74 links into AUFS's pool",
            [[".wh..wh.plnk/1.2=x", "a=>.wh..wh.plnk/1.2", "b=>.wh..wh.plnk/1.2"]],
            ["a=x", "b=>a"]
        ),
        OverlayCase("L-74 markers in AUFS's pool", [[".wh..wh.plnk/.wh..wh..opq", ".wh..wh.plnk/.wh.x", "f"]], ["f"]),
        OverlayCase("L-74 only at the top", [["d/f"], ["d/.wh..wh.plnk"]], ["d/", "d/.wh.plnk!"]),
    ]

    static let hardLinks: [OverlayCase] = [
        OverlayCase("L-80 of a file", [["a=1 600", "d/b=>a", "c=>d/b"]], ["a=1 600", "c=>a 600", "d/", "d/b=>a 600"]),
        OverlayCase("L-80 of a FIFO and a link", [["p|", "q=>p", "s->p", "t=>s"]], ["p|", "q=>p", "s->p", "t=>s"]),
        OverlayCase("L-80 to itself", [["a=1", "a=>a"]], ["a=1"]),
        OverlayCase("L-80 over a directory", [["a=1", "d/f=2", "d=>a"]], ["a=1", "d=>a"]),
        OverlayCase("L-52 a name of a hard link that is replaced", [["a=1", "b=>a", "a=2"]], ["a=2", "b=1"]),
        OverlayCase("L-82 a copy of a lower file", [["a=1 4711"], ["b=>a"]], ["b=1 4711"]),
        OverlayCase("L-82 a copy of a copy", [["a=1"], ["b=>a"], ["c=>b"]], ["c=1"]),
        OverlayCase(
            "L-82 further names of a copy",
            [["a=1"], ["b=>a", "c=>b", "d/e=>c"]],
            ["b=1", "c=>b", "d/", "d/e=>b"]
        ),
        OverlayCase("L-82 a copy that is replaced", [["a=1"], ["b=>a", "b=2"]], ["b=2"]),
        OverlayCase("L-82 a copy with a name left", [["a=1"], ["b=>a", "c=>b", "b=2"]], ["b=2", "c=1"]),
        OverlayCase("L-82 a copy as a parent", [["a=1"], ["b=>a", "b/c=2"]], ["b/ opaque", "b/c=2"]),
        OverlayCase("L-82 a copy over its target", [["a=1"], ["a=>a"]], ["a=1"]),
        OverlayCase("L-82 copies of a link and a FIFO", [["s->x", "p| 600"], ["t=>s", "q=>p"]], ["q| 600", "t->x"]),
        OverlayCase(
            "L-82 a copy of a lower link is not followed",
            [["d/", "s->d"], ["t=>s", "t/f"]],
            ["t/ opaque", "t/f"]
        ),
        OverlayCase("L-82 through an own link", [["d/f=1"], ["s->d", "h=>s/f"]], ["h=1", "s->d"]),
        OverlayCase("L-82 of a further name below", [["a=1", "b=>a"], ["c=>b"]], ["c=1"]),
        OverlayCase("L-83 to a symbolic link", [["f=1", "s->f", "h=>s"]], ["f=1", "h->f", "s=>h"]),
        OverlayCase("L-83 through an own link", [["d/f=1", "s->d", "h=>s/f"]], ["d/", "d/f=1", "h=>d/f", "s->d"]),
        OverlayCase(
            "L-83 through a link that leads out",
            [["f=1", "s->../..", "h=>s/f"]],
            ["f=1", "h=>f", "s->../.."]
        ),
    ]
}
