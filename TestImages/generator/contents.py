"""The layers of the image that has something of everything."""

import struct

from tarball import EPOCH, SECOND, Entry, directory, file, hardlink, symlink, whiteout

CAP_NET_RAW = struct.pack("<5I", 0x02000001, 1 << 13, 0, 0, 0)
DEFAULT_ACL = struct.pack("<I", 2) + b"".join(
    struct.pack("<HHI", tag, perm, who)
    for tag, perm, who in (
        (1, 7, 0xFFFFFFFF),
        (2, 5, 1000),
        (4, 5, 0xFFFFFFFF),
        (16, 5, 0xFFFFFFFF),
        (32, 0, 0xFFFFFFFF),
    )
)
BUSYBOX = b"#!/bin/false\nnot really busybox\n" + b"".join(b"applet %d\n" % n for n in range(40))


def base():
    return [
        directory("bin"),
        file("bin/busybox", BUSYBOX, 0o755, mtime=EPOCH + 123_456_789),
        hardlink("bin/ls", "bin/busybox", mode=0o755, mtime=EPOCH + 123_456_789),
        file("bin/ping", b"ping\n", 0o755, xattrs={"security.capability": CAP_NET_RAW}),
        hardlink("bin/sh", "bin/busybox", mode=0o755, mtime=EPOCH + 123_456_789),
        file("bin/su", b"su\n", 0o4755),
        directory("dev"),
        Entry(b"dev/null", "char", 0o666, device=(1, 3)),
        Entry(b"dev/sda", "block", 0o660, gid=6, device=(8, 0)),
        directory("etc"),
        file("etc/conf", b"a file, later a directory\n"),
        file("etc/group", b"root:x:0:\nmail:x:8:\n"),
        file("etc/motd", b"welcome\n"),
        symlink("etc/mtab", "/proc/self/mounts"),
        symlink("etc/os-release", "../usr/lib/os-release"),
        file("etc/passwd", b"root:x:0:0:root:/root:/bin/sh\n"),
        directory("home"),
        directory("home/user", 0o700, uid=1000, gid=1000),
        file(
            "home/user/notes",
            b"notes\n",
            0o640,
            uid=1000,
            gid=1000,
            xattrs={"user.comment": b"raw \x00\xff bytes = and\nlines"},
        ),
        symlink("lib", "usr/lib"),
        directory("opt"),
        directory("opt/tool"),
        file("opt/tool/run", b"run\n", 0o755),
        directory("run", mtime=EPOCH + 5 * SECOND + 1),
        Entry(b"run/pipe", "fifo", 0o622),
        directory("srv"),
        directory("srv/data"),
        file("srv/data/old", b"old\n"),
        directory("srv/data/sub"),
        file("srv/data/sub/deep", b"deep\n"),
        directory("srv/shared", 0o2775, gid=1000, xattrs={"system.posix_acl_default": DEFAULT_ACL}),
        directory("tmp", 0o1777),
        directory("usr"),
        directory("usr/bin"),
        symlink("usr/bin/vi", "../../bin/busybox"),
        directory("usr/lib"),
        file("usr/lib/libc.so", bytes(range(256)) * 4, 0o755),
        symlink("usr/lib/libc.so.6", "libc.so"),
        file("usr/lib/os-release", b"ID=example\n"),
        directory("usr/share"),
        directory("usr/share/doc"),
        file("usr/share/doc/a", b"a" * 700),
        file("usr/share/doc/b", b""),
        directory("var"),
        symlink("var/log", "/var/adm"),
        directory("var/cache"),
        directory("var/cache/old"),
        file("var/cache/old/a", b"a\n"),
        directory("var/cache/old/b"),
        file("var/cache/old/b/c", b"c\n"),
        directory("var/mail", 0o2775, gid=8),
    ]


def changes():
    return [
        directory("bin"),
        whiteout("bin", "ls"),
        directory("etc"),
        whiteout("etc", "motd"),
        directory("etc/conf", 0o711),
        file("etc/conf/main", b"a directory now\n"),
        directory("opt"),
        symlink("opt/tool", "/usr/lib"),
        directory("usr"),
        directory("usr/share"),
        file("usr/share/doc", b"a file now\n"),
        directory("var"),
        directory("var/cache"),
        whiteout("var/cache", "old"),
        whiteout("var/cache", "never-there"),
    ]


def opaque():
    home, long = "home/user", "d" * 90
    odd = [
        b"back\\slash",
        b"caf\xe9",
        b"colon:comma,",
        b"new\nline",
        b" space ",
        "\u00fcn\u00efcode-\u6f22\u5b57".encode(),
        b"tab\there",
    ]
    return [
        directory("srv"),
        directory("srv/data", 0o750, mtime=EPOCH + 7 * SECOND + 7),
        file("srv/data/.wh..wh..opq", mode=0o600),
        file("srv/data/new", b"new\n"),
        directory("srv/data/sub"),
        file("srv/data/sub/fresh", b"fresh\n"),
        directory("home"),
        directory(home, 0o700, uid=1000, gid=1000),
        *(file(home.encode() + b"/" + name, name, uid=1000, gid=1000) for name in odd),
        file(home + "/" + "n" * 255, b"255 bytes of name\n"),
        directory(f"{home}/{long}"),
        directory(f"{home}/{long}/{long}"),
        directory(f"{home}/{long}/{long}/{long}"),
        file(f"{home}/{long}/{long}/{long}/leaf", b"path over 255 bytes\n"),
        symlink(f"{home}/far", "../" * 40 + "bin/busybox"),
    ]


def gnu():
    deep = "usr/local/" + "g" * 120
    return [
        Entry(
            entry.name, entry.kind, entry.mode, entry.data, entry.link, entry.uid, entry.gid, entry.mtime, style="gnu"
        )
        for entry in (
            directory("usr"),
            directory("usr/local"),
            directory(deep),
            file(deep + "/" + "f" * 60, b"GNU long name\n", 0o600, uid=3_000_000, gid=3_000_001),
            hardlink("usr/local/link", deep + "/" + "f" * 60, mode=0o600, uid=3_000_000, gid=3_000_001),
            symlink("usr/local/far", "/" + "t" * 150),
            file("usr/local/future", b"2100\n", mtime=4_102_444_800 * SECOND),
            file("usr/local/epoch", b"1970\n", mtime=0),
            file(b"usr/local/" + b"\xff" * 110, b"GNU long name that is not UTF-8\n"),
        )
    ]


def top():
    return [
        directory("bin"),
        file("bin/su", b"su, patched\n", 0o4750, gid=8),
        directory("etc"),
        file("etc/passwd", b"root:x:0:0:root:/root:/bin/sh\nuser:x:1000:1000::/home/user:/bin/sh\n"),
        directory("home"),
        directory("home/user", 0o750, uid=1000, gid=1000, mtime=EPOCH + 9 * SECOND + 999_999_999),
        directory("var"),
        directory("var/cache"),
        file("var/cache/old", b"a file where a directory was taken away\n"),
    ]
