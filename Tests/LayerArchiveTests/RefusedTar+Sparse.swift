extension RefusedTar {
    /// Maps of sparse files that do not fit the file, in all formats.
    ///
    /// libarchive drops regions that overlap, stand backwards or end behind the file, and reads the data to wrong places.
    static let sparse: [RefusedTar] = {
        let misfit = #"entry "s": corrupt tar header: sparse map does not fit the data"#
        return [
            old(
                "regions that overlap",
                misfit,
                passes: true,
                [(0, 512), (256, 512)],
                byteCount: 1024,
                dataByteCount: 1024
            ),
            old(
                "regions backwards",
                misfit,
                passes: true,
                [(512, 512), (0, 512)],
                byteCount: 1024,
                dataByteCount: 1024
            ),
            old("region behind the end", misfit, passes: true, [(4096, 512)], byteCount: 1024, dataByteCount: 512),
            old("region over the end", misfit, passes: true, [(1000, 512)], byteCount: 1024, dataByteCount: 512),
            old("more data than regions", misfit, passes: true, [(0, 512)], byteCount: 4096, dataByteCount: 1024),
            old("fewer data than regions", misfit, [(0, 512), (2048, 512)], byteCount: 4096, dataByteCount: 512),
            old(
                "length over the limit",
                #"entry "s": file larger than 1099511627776 bytes; --limit layer-bytes=N allows more"#,
                [],
                byteCount: 1 << 41,
                dataByteCount: 0
            ),
            RefusedTar("map in a header that is not GNU's", #"entry "f": unsupported sparse format"#, passes: true) {
                $0.add(RawTar.Header(typeFlag: UInt8(ascii: "S")))
            },
            RefusedTar("PAX map of Solaris", "unsupported sparse format") { tar in
                tar.addPax([("SUN.holesdata", "0 1 2")])
                tar.addFile("f")
            },
            pax("PAX map of regions backwards", misfit, "512,1,0,1", body: [1, 2]),
            pax("PAX map behind the end", misfit, "9000,2", body: [1, 2]),
            pax("PAX map of fewer bytes than there are", misfit, "0,1", body: [1, 2]),
            body("map of a million regions", "1000000\n", "corrupt tar archive"),
            body("map of a count with twenty digits", "99999999999999999999\n", "corrupt tar archive"),
            body("map of letters", "x\n", "corrupt tar archive"),
            body("map that goes on behind the body", "3\n0\n1\n", "corrupt tar archive"),
        ]
    }()

    private static func old(
        _ description: String,
        _ error: String,
        passes: Bool = false,
        _ regions: [(Int64, Int64)],
        byteCount: Int64,
        dataByteCount: Int
    ) -> RefusedTar {
        RefusedTar(description, error, passes: passes) {
            $0.addSparse(regions: regions, byteCount: byteCount, body: [UInt8](repeating: 1, count: dataByteCount))
        }
    }

    private static func pax(_ description: String, _ error: String, _ map: String, body: [UInt8]) -> RefusedTar {
        RefusedTar(description, error, passes: true) { tar in
            tar.addPax([("GNU.sparse.size", "2000"), ("GNU.sparse.map", map), ("GNU.sparse.name", "s")])
            tar.add(body: body)
        }
    }

    private static func body(_ description: String, _ map: String, _ error: String) -> RefusedTar {
        RefusedTar(description, #"entry "s": "# + error) { tar in
            tar.addPax([
                ("GNU.sparse.major", "1"), ("GNU.sparse.minor", "0"), ("GNU.sparse.name", "s"),
                ("GNU.sparse.realsize", "2000"),
            ])
            tar.add(body: Array(map.utf8) + [UInt8](repeating: 0, count: 512 - map.utf8.count))
        }
    }
}

extension RawTar {
    /// Adds an old GNU sparse member `s` with up to four regions.
    mutating func addSparse(regions: [(Int64, Int64)], byteCount: Int64, body: [UInt8]) {
        var header = Header(name: Array("s".utf8), typeFlag: UInt8(ascii: "S"), magic: Header.gnuMagic)
        for (index, region) in regions.enumerated() {
            header.patches.append((386 + 24 * index, Self.base256(region.0, count: 12)))
            header.patches.append((398 + 24 * index, Self.base256(region.1, count: 12)))
        }
        header.patches.append((483, Self.base256(byteCount, count: 12)))
        add(header, body: body)
    }

    /// Makes the checksums of all blocks good that look like headers, so that damage reaches what stands behind them.
    static func mendChecksums(_ bytes: inout [UInt8]) {
        for start in stride(from: 0, to: bytes.count, by: 512) where bytes[start + 257] == UInt8(ascii: "u") {
            bytes.replaceSubrange(start + 148..<start + 156, with: [UInt8](repeating: 0x20, count: 8))
            let sum = bytes[start..<start + 512].reduce(0) { $0 + Int($1) }
            bytes.replaceSubrange(start + 148..<start + 155, with: octal(sum, digits: 6))
        }
    }
}
