extension RefusedTar {
    /// PAX and GNU headers that are malformed, contradict each other or stand alone.
    static let extensions: [RefusedTar] = records + values + order

    private static let records: [RefusedTar] = {
        let wrongLength = "corrupt PAX record: wrong length"
        return [
            RefusedTar("L-44: record longer than the header", wrongLength, pax: "30 path=x\n"),
            RefusedTar("L-44: record of a billion bytes", wrongLength, pax: "999999999 path=x\n"),
            RefusedTar("L-44: record length of twenty digits", wrongLength, pax: "99999999999999999999 path=x\n"),
            RefusedTar("L-44: record one byte too long", wrongLength, pax: "11 path=x\n9 gid=10\n"),
            RefusedTar("L-44: record one byte too short", wrongLength, pax: "8 path=x\n"),
            RefusedTar("L-44: record of no length", wrongLength, pax: "0 path=x\n"),
            RefusedTar("L-44: record of negative length", wrongLength, pax: "-10 path=x\n"),
            RefusedTar("L-44: record without a length", wrongLength, pax: "path=x\n"),
            RefusedTar("L-44: record without a line end", wrongLength, pax: "10 path=xy"),
            RefusedTar("L-44: record without a sign", "corrupt PAX record: no keyword", pax: "8 pathx\n"),
            RefusedTar("L-44: record without a keyword", "corrupt PAX record: no keyword", pax: "5 =x\n"),
            RefusedTar(
                "L-44: zeros behind the records",
                #"entry "x": corrupt PAX record: wrong length"#,
                pax: "10 path=x\n\0\0"
            ),
            RefusedTar("L-44: malformed record behind a GNU name", wrongLength) { tar in
                tar.addExtension("L", Array("name\0".utf8))
                tar.addExtension("x", Array("30 size=9\n".utf8))
                tar.addFile("f")
            },
        ]
    }()

    private static let values: [RefusedTar] = {
        let nul = "corrupt PAX record: NUL in a name or number"
        let badOwner = "corrupt PAX record: invalid uid or gid"
        let tooLarge = #"entry "f": corrupt tar header: invalid"#
        return [
            pax("L-44: NUL in a path", nul, passes: true, [("path", "ok\0../../evil")]),
            pax("L-44: NUL in a link target", nul, passes: true, [("linkpath", "ok\0../../evil")]),
            pax(
                "L-44: NUL in a keyword",
                "corrupt PAX record: NUL in a keyword",
                [("SCHILY.xattr.a\0b", "x")]
            ),
            pax(
                "L-44: encoded NUL in a name",
                "corrupt PAX record: NUL in a name",
                passes: true,
                [("LIBARCHIVE.xattr.a%00b", "eA==")]
            ),
            pax("negative size", "corrupt PAX record: negative size", [("size", "-1")]),
            pax("size of letters", "corrupt PAX record: bad size", passes: true, [("size", "0x")]),
            pax("size of twenty digits", "corrupt PAX record: bad size", [("size", "99999999999999999999")]),
            pax(
                "size over the limit",
                #"entry "f": size over 1099511627776 bytes; --limit layer-bytes=N allows more"#,
                [("size", "4611686018427387904")]
            ),
            pax("owner of letters", badOwner, passes: true, [("uid", "root")]),
            pax("negative owner", badOwner, passes: true, [("gid", "-1")]),
            pax("owner that chown takes for none", tooLarge + " uid 4294967295", passes: true, [("uid", "4294967295")]),
            pax("owner of 33 bits", tooLarge + " gid 4294967296", passes: true, [("gid", "4294967296")]),
            pax(
                "L-85: size of a hard link",
                #"entry "l": corrupt tar header: data in a member that is no file"#,
                [("size", "3")]
            ) {
                $0.add(RawTar.Header(name: Array("l".utf8), typeFlag: UInt8(ascii: "1"), link: Array("f".utf8)))
            },
        ]
    }()

    private static func pax(
        _ description: String,
        _ error: String,
        passes: Bool = false,
        _ records: [(String, String)],
        member: (inout RawTar) -> Void = { $0.addFile("f") }
    ) -> RefusedTar {
        RefusedTar(description, error, passes: passes) { tar in
            tar.addPax(records)
            member(&tar)
        }
    }

    private static let order: [RefusedTar] = [
        RefusedTar("two PAX headers", #"entry "a": corrupt tar header: two PAX headers for one member"#) { tar in
            tar.addPax([("path", "a")])
            tar.addPax([("path", "b")])
            tar.addFile("f")
        },
        RefusedTar(
            "a GNU name and a PAX name",
            #"entry "a": corrupt tar header: both a GNU and a PAX name"#,
            passes: true
        ) { tar in
            tar.addPax([("path", "a")])
            tar.addExtension("L", Array("b\0".utf8))
            tar.addFile("f")
        },
        RefusedTar(
            "a global header between",
            "corrupt tar header: global header between the headers of one member",
            passes: true
        ) { tar in
            tar.addExtension("L", Array("b\0".utf8))
            tar.addPax([("comment", "x")], typeFlag: "g")
            tar.addFile("f")
        },
        RefusedTar("a PAX header and no member", #"entry "a": corrupt tar archive: extension header without a member"#)
        {
            $0.addPax([("path", "a")])
        },
        RefusedTar("a GNU name and no member", "corrupt tar archive: extension header without a member") {
            $0.addExtension("L", Array("a\0".utf8))
        },
        RefusedTar("data behind one zero block", "corrupt tar archive: data after one zero block", passes: true) {
            tar in
            tar.addFile("f")
            tar.addZeroBlocks(1)
            tar.addFile("smuggled")
        },
    ]
}
