extension RefusedTar {
    private typealias Header = RawTar.Header

    /// Headers that are wrong in one field.
    static let headers: [RefusedTar] =
        [
            RefusedTar(
                "checksum one too large",
                "tar header at byte 512 checksum mismatch",
                header: Header(checksumOffset: 1)
            )
        ] + numbers + kinds

    private static let numbers: [RefusedTar] = {
        let badSize = #"entry "f": corrupt tar header: bad number in the size field"#
        let negativeSize = #"entry "f": corrupt tar header: negative size"#
        return [
            RefusedTar(
                "size that ends in a letter",
                badSize,
                passes: true,
                header: Header(size: Array("0000000000x\0".utf8))
            ),
            RefusedTar("size that begins with a sign", badSize, header: Header(size: Array("-0000000010\0".utf8))),
            RefusedTar("size with an 8", badSize, passes: true, header: Header(size: Array("00000000008\0".utf8))),
            RefusedTar("negative size", negativeSize, header: Header(size: RawTar.base256(-1, count: 12))),
            RefusedTar("most negative size", negativeSize, header: Header(size: RawTar.base256(.min, count: 12))),
            RefusedTar(
                "size of more than 63 bits",
                badSize,
                header: Header(size: [0x80, 0, 0, 0xff] + [UInt8](repeating: 0xff, count: 8))
            ),
            RefusedTar(
                "size over the limit",
                #"entry "f": size over 1099511627776 bytes; --limit layer-bytes=N allows more"#,
                header: Header(size: RawTar.base256(1 << 62, count: 12))
            ),
            RefusedTar(
                "size that nothing follows",
                #"entry "f": truncated tar archive"#,
                header: Header(size: RawTar.base256(1 << 39, count: 12))
            ),
            RefusedTar(
                "negative owner",
                #"entry "f": corrupt tar header: invalid uid -1"#,
                passes: true,
                header: Header(uid: RawTar.base256(-1, count: 8))
            ),
            RefusedTar(
                "owner that chown takes for none",
                #"entry "f": corrupt tar header: invalid gid 4294967295"#,
                passes: true,
                header: Header(gid: RawTar.base256(4_294_967_295, count: 8))
            ),
            RefusedTar(
                "owner of letters",
                #"entry "f": corrupt tar header: bad number in the owner field"#,
                passes: true,
                header: Header(uid: Array("nobody\0\0".utf8))
            ),
            RefusedTar(
                "mode of letters",
                #"entry "f": corrupt tar header: bad number in the mode field"#,
                passes: true,
                header: Header(mode: Array("rwxr-xr-".utf8))
            ),
            RefusedTar(
                "device of letters",
                #"entry "f": corrupt tar header: bad number in the device field"#,
                passes: true,
                header: Header(typeFlag: UInt8(ascii: "3"), devices: (Array("x\0".utf8), Array("y\0".utf8)))
            ),
            RefusedTar(
                "negative device",
                #"entry "f": corrupt tar header: device number over 32 bits"#,
                passes: true,
                header: Header(typeFlag: UInt8(ascii: "3"), devices: ([0xff, 0, 0, 0, 0, 0, 0, 0], Array("0\0".utf8)))
            ),
        ]
    }()

    private static let kinds: [RefusedTar] = {
        let data = #"entry "f": corrupt tar header: data in a member that is no file"#
        var cases = "12345".unicodeScalars.map { flag in
            let header = Header(typeFlag: UInt8(ascii: flag), link: Array("t".utf8))
            return RefusedTar("L-85: data in a member of type \(flag)", data, header: header, body: [1, 2, 3])
        }
        cases += "8AMNVZ".unicodeScalars.map { flag in
            RefusedTar(
                "L-32: member of type \(flag)",
                #"entry "f": unsupported member type '\#(flag)'"#,
                passes: "8Z".unicodeScalars.contains(flag),
                header: Header(typeFlag: UInt8(ascii: flag))
            )
        }
        cases.append(
            RefusedTar(
                "data in a file whose name makes it a directory",
                #"entry "d/": corrupt tar header: data in a member that is no file"#
            ) {
                $0.addFile("d/", "text")
            }
        )
        return cases
    }()
}
