/// Programs that read tars, whose word is held against that of the reader.
enum TarOracle {
    /// Lists with Python's `tarfile`; global PAX headers are not applied, as here.
    static func tarfile(_ tar: [UInt8]) throws -> [ListedEntry] {
        try ListedEntry.list(Tool.run("python3", ["-c", common + tarfileScript], input: tar))
    }

    /// Lists with GNU tar, which says nothing of content or attributes of single entries.
    static func gnuTar(_ tar: [UInt8]) throws -> [ListedEntry] {
        let listing = try Tool.run(
            "tar",
            ["-tv", "--full-time", "--numeric-owner", "--quoting-style=escape", "-P", "-f", "-"],
            input: tar
        )
        return try ListedEntry.list(Tool.run("python3", ["-c", common + gnuScript], input: listing))
    }

    /// The content of all files as GNU tar extracts it, one after the other.
    static func gnuContent(_ tar: [UInt8]) throws -> [UInt8] {
        try Tool.run("tar", ["-xO", "-P", "-f", "-"], input: tar)
    }

    /// Lists with bsdtar, by way of mtree, which has no attributes.
    static func bsdTar(_ tar: [UInt8]) throws -> [ListedEntry] {
        let options = ["-cf", "-", "--format=mtree", "--options=mtree:all,mtree:sha256", "@-"]
        let listing = try Tool.run("bsdtar", options, input: tar)
        return try ListedEntry.list(Tool.run("python3", ["-c", common + mtreeScript], input: listing))
    }

    private static let common = #"""
        import hashlib, json, sys

        largest = \#(ListedEntry.largestHashedByteCount)

        def show(name, kind, mode, uid, gid, time, size=0, link=b"", digest="", device=(0, 0), attributes={}):
            bare = name.rstrip(b"/") or name[:1]
            print(json.dumps({
                "name": bare.hex(), "kind": kind, "mode": mode & 0o7777, "uid": uid, "gid": gid,
                "seconds": time[0], "nanoseconds": time[1], "byteCount": size, "link": link.hex(), "digest": digest,
                "device": device, "attributes": {key.hex(): value.hex() for key, value in attributes.items()}}))

        """#

    private static let tarfileScript = #"""
        import tarfile
        from decimal import Decimal, InvalidOperation

        class IgnoringGlobals(dict):
            def __setitem__(self, key, value): pass

        class TarFile(tarfile.TarFile):
            errorlevel = 2
            pax_headers = property(lambda self: IgnoringGlobals(), lambda self, value: None)

        def raw(text): return text.encode("utf-8", "surrogateescape")

        def time(member):
            text = member.pax_headers.get("mtime")
            if text is None: return int(member.mtime), 0
            try: value = int(Decimal(text) * 10 ** 9)
            except InvalidOperation: return 0, 0
            return value // 10 ** 9, value % 10 ** 9

        kinds = {tarfile.LNKTYPE: "hardLink", tarfile.SYMTYPE: "symbolicLink", tarfile.CHRTYPE: "characterDevice",
                 tarfile.BLKTYPE: "blockDevice", tarfile.DIRTYPE: "directory", tarfile.FIFOTYPE: "fifo"}
        import io
        with TarFile.open(fileobj=io.BytesIO(sys.stdin.buffer.read()), mode="r:", encoding="utf-8") as tar:
            for member in tar:
                kind = kinds.get(member.type, "regular")
                digest, size = "", 0
                if kind == "regular":
                    size = member.size
                    if size <= largest:
                        content = tar.extractfile(member).read()
                        assert len(content) == size, "short content"
                        digest = hashlib.sha256(content).hexdigest()
                prefix = "SCHILY.xattr."
                attributes = {raw(key[len(prefix):]): raw(value) for key, value in member.pax_headers.items()
                              if key.startswith(prefix)}
                isDevice = kind in ("characterDevice", "blockDevice")
                show(raw(member.name), kind, member.mode, member.uid, member.gid, time(member), size,
                     raw(member.linkname) if kind in ("hardLink", "symbolicLink") else b"", digest,
                     (member.devmajor, member.devminor) if isDevice else (0, 0), attributes)
        """#

    private static let gnuScript = #"""
        import calendar, re

        line = re.compile(rb"(.)(.{9})[.+]? +(\d+)/(\d+) +(\d+|\d+, *\d+) (-?\d+)-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?:\.(\d+))? +(.*)")
        kinds = {"-": "regular", "h": "hardLink", "l": "symbolicLink", "c": "characterDevice", "b": "blockDevice",
                 "d": "directory", "p": "fifo", "C": "regular"}
        escapes = {b"n": b"\n", b"t": b"\t", b"\\": b"\\", b" ": b" ", b"r": b"\r", b"b": b"\b", b"f": b"\f", b"v": b"\v",
                   b"a": b"\a", b"?": b"\x7f", b":": b":"}

        def unescape(text):
            def one(match):
                code = match.group(1)
                return bytes([int(code, 8)]) if code.isdigit() else escapes[code]
            return re.sub(rb"\\([0-7]{3}|.)", one, text)

        def bits(text):
            mode = 0
            for index, letter in enumerate(text):
                if letter in "rwxst": mode |= 0o400 >> index
                if letter in "sStT": mode |= {2: 0o4000, 5: 0o2000, 8: 0o1000}[index]
            return mode

        for text in sys.stdin.buffer.read().splitlines():
            found = line.fullmatch(text)
            if not found: sys.exit("cannot read " + repr(text))
            kind = kinds[found[1].decode()]
            name, link = found[13], b""
            if kind == "symbolicLink": name, link = name.split(b" -> ", 1)
            if kind == "hardLink": name, link = name.split(b" link to ", 1)
            isDevice = b"," in found[5]
            seconds = calendar.timegm(tuple(int(found[index]) for index in range(6, 12)))
            fraction = int((found[12] or b"0").ljust(9, b"0"))
            show(unescape(name), kind, bits(found[2].decode()), int(found[3]), int(found[4]), (seconds, fraction),
                 int(found[5]) if kind == "regular" else 0, unescape(link), "",
                 tuple(int(number) for number in found[5].split(b",")) if isDevice else (0, 0))
        """#

    private static let mtreeScript = #"""
        import re

        def unvis(text):
            return re.sub(rb"\\([0-7]{3}|.)",
                          lambda match: bytes([int(match[1], 8)]) if match[1].isdigit() else match[1], text)

        kinds = {"file": "regular", "link": "symbolicLink", "char": "characterDevice", "block": "blockDevice",
                 "dir": "directory", "fifo": "fifo"}
        for text in sys.stdin.buffer.read().splitlines():
            if text.startswith(b"#") or not text.strip(): continue
            words = text.split(b" ")
            fields = dict(word.split(b"=", 1) for word in words[1:] if b"=" in word)
            name = unvis(words[0])
            if name.startswith(b"./"): name = name[2:]
            kind = kinds[fields[b"type"].decode()]
            seconds, fraction = fields[b"time"].split(b".")
            device = fields.get(b"device", b"native,0,0").split(b",")[1:]
            show(name, kind, int(fields[b"mode"], 8), int(fields[b"uid"]), int(fields[b"gid"]),
                 (int(seconds), int(fraction)), int(fields.get(b"size", b"0")) if kind == "regular" else 0,
                 unvis(fields.get(b"link", b"")), fields.get(b"sha256digest", fields.get(b"sha256", b"")).decode(),
                 tuple(int(number) for number in device))
        """#
}
