import Testing

/// Tars that other programs make: every dialect, long and odd names, links, devices, holes, attributes, times and owners.
struct TarCorpus: CustomTestStringConvertible {
    let name: String
    /// Makes it anew; always the same entries, on whatever file system.
    func make() throws -> [UInt8] {
        try Tool.run("python3", ["-c", Self.script, name])
    }

    var testDescription: String { name }

    static let all = [
        "py-ustar", "py-gnu", "py-pax", "py-global", "py-attributes",
        "gnu-v7", "gnu-oldgnu", "gnu-gnu", "gnu-ustar", "gnu-posix", "gnu-attributes",
        "gnu-sparse-old", "gnu-sparse-0.0", "gnu-sparse-0.1", "gnu-sparse-1.0",
        "bsd-ustar", "bsd-pax", "bsd-gnutar", "bsd-v7", "bsd-sparse", "bsd-attributes",
    ].map { TarCorpus(name: $0) }

    private static let script = #"""
        import io, os, random, subprocess, sys, tarfile, tempfile
        from itertools import count

        maker, dialect = sys.argv[1].split("-", 1)
        out = sys.stdout.buffer

        def members(dialect):
            isOld = dialect == "ustar"
            numbers = count()
            def one(name, type=tarfile.REGTYPE, content=b"", link="", **fields):
                info = tarfile.TarInfo(name)
                info.type, info.linkname, info.size = type, link, len(content)
                info.mode, info.mtime = 0o644, 1_600_000_000 + next(numbers)
                for key, value in fields.items(): setattr(info, key, value)
                return info, content
            yield one("d/", tarfile.DIRTYPE, mode=0o1777)
            yield one("d/empty")
            for size in (1, 511, 512, 513, 70_000): yield one(f"d/f{size}", content=random.Random(size).randbytes(size), mode=0o4755)
            for size in (99, 100, 101): yield one("n" * size if not isOld or size < 101 else "p/" + "n" * 99)
            yield one("p" * 155 + "/" + "n" * 99, content=b"prefix")
            if not isOld:
                for size in (255, 256, 1000, 4000): yield one("d/" + "l/" * ((size - 3) // 2) + "f" * (1 + size % 2), content=b"long")
                yield one("long-link", tarfile.SYMTYPE, link="t/" * 300)
                yield one("long-hard", tarfile.LNKTYPE, link="d/" + "l/" * 1998 + "f")
                yield one("big-owner", uid=2_097_152, gid=4_294_967_294)
                yield one("before-1970", mtime=-1)
                yield one("after-2242", mtime=8_589_934_592)
            if dialect == "pax":
                yield one("fraction", mtime=1.5)
                yield one("negative-fraction", pax_headers={"mtime": "-1.25"})
                yield one("nanoseconds", pax_headers={"mtime": "1600000000.123456789"})
                yield one("more-than-nanoseconds", pax_headers={"mtime": "1600000000.9999999999"})
                yield one("comment", pax_headers={"comment": "of no meaning", "VENDOR.key": "\u00fc"})
            for name in (b"\xff\xfe", b"caf\xc3\xa9", b"cafe\xcc\x81", b"a b", b"new\nline", b"back\\slash", b"co:lon"):
                yield one(name.decode("utf-8", "surrogateescape"), content=name)
            yield one("sym", tarfile.SYMTYPE, link="d/f1")
            yield one("sym-absolute", tarfile.SYMTYPE, link="/etc/../\udcff")
            yield one("hard", tarfile.LNKTYPE, link="d/f1")
            yield one("null", tarfile.CHRTYPE, devmajor=1, devminor=3)
            yield one("sda", tarfile.BLKTYPE, devmajor=8, devminor=0)
            yield one("fifo", tarfile.FIFOTYPE)
            yield one("contiguous", tarfile.CONTTYPE, content=b"type 7")
            yield one("old-file", tarfile.AREGTYPE, content=b"type NUL")
            yield one("d/f1", content=b"again")
            if dialect == "attributes":
                values = {"user.text": "text", "user.empty": "", "security.capability": "\x01\0\0\x02" + "\0" * 16,
                          "user.binary": bytes(range(256)).decode("utf-8", "surrogateescape"), "user.sign=sign": "a=b\n"}
                headers = {"SCHILY.xattr." + key: value for key, value in values.items()}
                yield one("attributes", content=b"x", pax_headers=headers)
                yield one("attributes/", tarfile.DIRTYPE, pax_headers=headers)
                yield one("without", content=b"x")

        def python():
            formats = {"ustar": tarfile.USTAR_FORMAT, "gnu": tarfile.GNU_FORMAT}
            headers = {"comment": "global", "mtime": "77", "uid": "77", "path": "everywhere"} if dialect == "global" else {}
            body = io.BytesIO()
            with tarfile.open(fileobj=body, mode="w", format=formats.get(dialect, tarfile.PAX_FORMAT),
                              encoding="utf-8", errors="surrogateescape", pax_headers=headers) as tar:
                for info, content in members(dialect): tar.addfile(info, io.BytesIO(content))
            out.write(body.getvalue())

        def write(path, content):
            with open(path, "wb") as file: file.write(content)

        def tree(root):
            os.makedirs(root + b"/d/sub")
            isShort = dialect == "v7"
            for size in (0, 1, 511, 512, 513, 30_000): write(root + b"/d/f%d" % size, b"x" * size)
            names = [b"\xff\xfe", b"caf\xc3\xa9", b"a b", b"new\nline", b"back\\slash"]
            if not isShort: names += [b"n" * 99, b"n" * 100]
            if not isShort and dialect != "ustar": names += [b"n" * 101, b"n" * 255]
            for name in names: write(root + b"/" + name, name)
            if not isShort:
                deep = root + b"/" + b"p" * 150
                os.mkdir(deep)
                write(deep + b"/" + b"q" * 90, b"deep")
            if not isShort and dialect != "ustar": os.symlink(b"t" * 300, root + b"/long-link")
            os.symlink(b"d/f1", root + b"/sym")
            os.link(root + b"/d/f1", root + b"/hard")
            if not isShort:
                os.mkfifo(root + b"/fifo")
                if os.getuid() == 0:
                    os.mknod(root + b"/null", 0o020666, os.makedev(1, 3))
                    os.mknod(root + b"/sda", 0o060660, os.makedev(8, 300))
            os.chmod(root + b"/d/f1", 0o6751)
            for index, name in enumerate(sorted(os.listdir(root))):
                time = (1_500_000_000 + index) * 10**9 + (123_456_789 if index % 2 else 0)
                os.utime(root + b"/" + name, ns=(time, time), follow_symlinks=False)
            if dialect in ("posix", "pax", "gnu", "gnutar", "oldgnu"): os.utime(root + b"/d/f0", ns=(-10**9, -10**9))

        def sparse(root):
            os.makedirs(root)
            MiB = 1 << 20
            shapes = {"hole": (MiB, []), "head": (MiB, [0]), "tail": (MiB, [MiB - 4096]), "middle": (MiB, [MiB // 2]),
                      "many": (2 * MiB, range(0, 2 * MiB, 32 << 10)), "dense": (4096, [0])}
            for name, (size, places) in shapes.items():
                with open(root + b"/" + name.encode(), "wb") as file:
                    for place in places:
                        file.seek(place)
                        file.write(b"%08d" % place * 512)
                    file.truncate(size)

        def attributes(root):
            os.makedirs(root)
            write(root + b"/file", b"content")
            for name, value in (("user.text", b"text"), ("user.empty", b""), ("user.binary", bytes(range(256)))):
                os.setxattr(root + b"/file", name, value)
            if os.getuid() == 0:
                os.setxattr(root + b"/file", "security.capability", b"\x01\0\0\x02" + b"\0" * 16)
            os.utime(root, ns=(10**18, 10**18))
            os.utime(root + b"/file", ns=(10**18, 10**18))

        def program():
            with tempfile.TemporaryDirectory() as scratch:
                root = os.fsencode(scratch) + b"/r"
                {"s": sparse, "a": attributes}.get(dialect[0] if dialect[:2] in ("sp", "at") else "", tree)(root)
                if maker == "gnu":
                    arguments = ["tar", "-C", scratch, "--sort=name", "-c", "-f", "-"]
                    if dialect == "sparse-old": arguments += ["--sparse", "--format=gnu"]
                    elif dialect[:2] == "sp": arguments += ["--sparse", "--format=posix", "--sparse-version=" + dialect[7:]]
                    elif dialect == "attributes": arguments += ["--format=posix", "--xattrs", "--xattrs-include=*"]
                    else: arguments += ["--format=" + dialect]
                else:
                    format = "pax" if dialect in ("sparse", "attributes") else dialect
                    arguments = ["bsdtar", "-C", scratch, "--format", format, "-cf", "-"]
                made = subprocess.run(arguments + ["r"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
                if not made.stdout: sys.exit(made.stderr.decode())
                out.write(made.stdout)

        python() if maker == "py" else program()
        """#
}
