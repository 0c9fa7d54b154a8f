extension MergeCase {
    static let replacing: [MergeCase] = [
        MergeCase("L-50 a directory over a directory", [["d/ 700", "d/f=1"], ["d/ 711"]], ["d/ 711", "d/f=1"]),
        MergeCase("L-51 a file over a file", [["f=1 600"], ["f=2"]], ["f=2"]),
        MergeCase("L-51 a file over a directory", [["d/", "d/e/", "d/e/f=1"], ["d=2"]], ["d=2"]),
        MergeCase("L-51 a directory over a file", [["f=1 600"], ["f/"]], ["f/"]),
        MergeCase(
            "L-51 a file over a directory and back",
            [["d/", "d/f=1"], ["d=2"], ["d/", "d/g"]],
            ["d/", "d/g"]
        ),
        MergeCase("L-51 a directory over a link to one", [["d/", "d/f", "s->d"], ["s/"]], ["d/", "d/f", "s/"]),
        MergeCase("L-51 a link over a directory", [["d/", "d/f", "e/"], ["d->e"]], ["d->e", "e/"]),
        MergeCase("L-51 a FIFO over a link", [["f=1", "s->f"], ["s|"]], ["f=1", "s|"]),
        MergeCase("L-51 the last of two entries of one name", [["f=1", "f=2"]], ["f=2"]),
        MergeCase("L-51 within a layer, a file over a directory", [["d/", "d/f", "d=1"]], ["d=1"]),
        MergeCase("L-52 a name of a hard link", [["a=1", "b=>a"], ["a=2"]], ["a=2", "b=1"]),
        MergeCase("L-53 an implied parent", [["a/b/c=1"]], ["a/", "a/b/", "a/b/c=1"]),
        MergeCase("L-53 an implied parent hides no attributes", [["a/ 700"], ["a/f=1"]], ["a/ 700", "a/f=1"]),
        MergeCase("L-53 an implied parent that comes later", [["a/f=1", "a/ 700"]], ["a/ 700", "a/f=1"]),
        MergeCase("L-54 a file as a parent", [["a=1"], ["a/f=2"]], ["a/", "a/f=2"]),
        MergeCase("L-54 a FIFO as a parent, in one layer", [["a|", "a/f=2"]], ["a/", "a/f=2"]),
        MergeCase("L-55 a link as a parent", [["d/ 700", "s->d", "s/f=1"]], ["d/ 700", "d/f=1", "s->d"]),
        MergeCase("L-55 an absolute link as a parent", [["d/", "e/s->/d", "e/s/f"]], ["d/", "d/f", "e/", "e/s->/d"]),
        MergeCase("L-55 a link that leads out", [["s->../../x/y", "s/f"]], ["s->../../x/y", "x/", "x/y/", "x/y/f"]),
        MergeCase("L-55 links through links", [["a->b", "b->./c", "a/f"]], ["a->b", "b->./c", "c/", "c/f"]),
        MergeCase("L-55 a lower link as a parent", [["d/", "s->d"], ["s/f=1"]], ["d/", "s/", "s/f=1"]),
        MergeCase("L-56 layers without entries", [[], ["f=1"], []], ["f=1"]),
    ]

    static let whiteouts: [MergeCase] = [
        MergeCase("L-60 a file", [["f=1", "g"], [".wh.f"]], ["g"]),
        MergeCase("L-60 a tree", [["d/", "d/e/", "d/e/f", "df"], [".wh.d"]], ["df"]),
        MergeCase("L-60 a name in a directory", [["d/ 700", "d/f", "d/g"], ["d/.wh.f"]], ["d/ 700", "d/g"]),
        MergeCase("L-60 a link and not what it leads to", [["f=1", "s->f"], [".wh.s"]], ["f=1"]),
        MergeCase("L-60 one name of a hard link", [["a=1", "b=>a", "c=>a"], [".wh.a"]], ["b=1", "c=>b"]),
        MergeCase("L-60 by a marker of any kind", [["d/", "e/", "f"], [".wh.d/", ".wh.e->x", ".wh.f|"]], []),
        MergeCase("L-60 and a later layer brings the name back", [["f=1"], [".wh.f"], ["f=2 600"]], ["f=2 600"]),
        MergeCase("L-61 in the lowest layer", [[".wh.f", "g"]], ["g"]),
        MergeCase("L-62 before an own file", [["f=1"], [".wh.f", "f=2"]], ["f=2"]),
        MergeCase("L-62 after an own file", [["f=1"], ["f=2", ".wh.f"]], ["f=2"]),
        MergeCase("L-62 after an own tree", [["d/f=1"], ["d/", "d/g=2", ".wh.d"]], ["d/", "d/g=2"]),
        MergeCase("L-62 below an own directory", [["d/f=1"], ["d/f=2", "d/.wh.f"]], ["d/", "d/f=2"]),
        MergeCase("L-63 before an own directory", [["d/ 700", "d/f"], [".wh.d", "d/"]], ["d/"]),
        MergeCase("L-63 before an implied directory", [["d/ 700", "d/f"], [".wh.d", "d/g=2"]], ["d/", "d/g=2"]),
        MergeCase("L-66 of what is not there", [["f"], [".wh.g", "x/.wh.y", "f/.wh.z"]], ["f"]),
        MergeCase("L-66 below a whiteout", [["foo/bar", "g"], [".wh.foo", "foo/.wh.bar"]], ["g"]),
        MergeCase("a name that begins with a dot", [["..x", ".x", "x"], [".wh..x", ".wh...x"]], ["x"]),
        MergeCase(
            "L-146",
            [
                ["file1=1", "a/", "a/file2=2", "b/", "c/", "c/file3=3"],
                [".wh.file1", "a/.wh.file2", ".wh.b", "file4=4"],
            ],
            ["a/", "c/", "c/file3=3", "file4=4"]
        ),
    ]

    private static let lowerOfL145 = ["a/", "a/b/", "a/b/c/", "a/b/c/bar=1"]

    static let opaques: [MergeCase] = [
        MergeCase("L-70 hides lower children", [["d/ 700", "d/e/f", "g"], ["d/.wh..wh..opq"]], ["d/ 700", "g"]),
        MergeCase(
            "L-70 hides no own child",
            [["d/f=1"], ["d/f=2", "d/.wh..wh..opq", "d/g"]],
            ["d/", "d/f=2", "d/g"]
        ),
        MergeCase(
            "L-70 hides no own implied directory",
            [["a/b/c=1", "a/b/d=1"], ["a/b/c=2", "a/.wh..wh..opq"]],
            ["a/", "a/b/", "a/b/c=2"]
        ),
        MergeCase("L-70 in one layer of two", [["d/f=1"], ["d/.wh..wh..opq", "d/g"], ["d/h"]], ["d/", "d/g", "d/h"]),
        MergeCase("L-71 on the root", [["a/b", "c"], [".wh..wh..opq", "d=1"]], ["d=1"]),
        MergeCase("L-71 on the root, last", [["a/b", "c"], ["d=1", ".wh..wh..opq"]], ["d=1"]),
        MergeCase("L-72 makes its directory", [["f"], ["d/e/.wh..wh..opq"]], ["d/", "d/e/", "f"]),
        MergeCase("L-72 replaces a lower file", [["d=1"], ["d/.wh..wh..opq"]], ["d/"]),
        MergeCase(
            "L-145 with the marker first",
            [lowerOfL145, ["a/", "a/.wh..wh..opq", "a/b/", "a/b/c/", "a/b/c/foo=2"]],
            ["a/", "a/b/", "a/b/c/", "a/b/c/foo=2"]
        ),
        MergeCase(
            "L-145 with the marker last",
            [lowerOfL145, ["a/", "a/b/", "a/b/c/", "a/b/c/foo=2", "a/.wh..wh..opq"]],
            ["a/", "a/b/", "a/b/c/", "a/b/c/foo=2"]
        ),
        MergeCase("L-74 AUFS's own things", [[".wh..wh.aufs", ".wh..wh.orph/", ".wh..wh.plnk/", "f"]], ["f"]),
        MergeCase(
            "L-74 links into AUFS's pool",
            [[".wh..wh.plnk/1.2=x 600", "a=>.wh..wh.plnk/1.2", "b=>.wh..wh.plnk/1.2"]],
            ["a=x 600", "b=>a 600"]
        ),
        MergeCase("L-74 only at the top", [["d/f"], ["d/.wh..wh.plnk"]], ["d/", "d/f"]),
    ]

    static let hardLinks: [MergeCase] = [
        MergeCase("L-80 two names", [["a=1 600", "b=>a"]], ["a=1 600", "b=>a 600"]),
        MergeCase("L-80 a chain", [["a=1", "d/b=>a", "c=>d/b"]], ["a=1", "c=>a", "d/", "d/b=>a"]),
        MergeCase("L-80 of a FIFO", [["p|", "q=>p"]], ["p|", "q=>p"]),
        MergeCase("L-80 over a directory", [["a=1", "d/f=2"], ["b=1", "d=>b"]], ["a=1", "b=1", "d=>b"]),
        MergeCase("L-80 to itself", [["a=1", "a=>a"]], ["a=1"]),
        MergeCase("L-82 into a lower layer", [["a=1"], ["b=>a"]], ["a=1", "b=1"]),
        MergeCase("L-83 to a symbolic link", [["f=1", "s->f", "h=>s"]], ["f=1", "h->f", "s=>h"]),
        MergeCase("L-83 through a link", [["d/f=1", "s->d", "h=>s/f"]], ["d/", "d/f=1", "h=>d/f", "s->d"]),
        MergeCase("L-83 through a link that leads out", [["f=1", "s->../..", "h=>s/f"]], ["f=1", "h=>f", "s->../.."]),
    ]
}
