"""Tar bytes, written out by hand so that no library's version shows in them.

An `Entry` is one member; `tar(entries)` is an archive ending in two zero blocks and no more, as Docker's are.
`style` is how what a plain ustar header cannot say is said: "pax" (records) or "gnu" (L and K members, base-256).
"""

from dataclasses import dataclass, field

KINDS = {"file": b"0", "hardlink": b"1", "symlink": b"2", "char": b"3", "block": b"4", "dir": b"5", "fifo": b"6"}
SECOND = 1_000_000_000
EPOCH = 1_700_000_000 * SECOND


def as_bytes(text):
    return text if isinstance(text, bytes) else text.encode()


@dataclass
class Entry:
    """One member: names are bytes (text is encoded as UTF-8), `mtime` is in nanoseconds."""

    name: bytes
    kind: str = "file"
    mode: int = 0o644
    data: bytes = b""
    link: bytes = b""
    uid: int = 0
    gid: int = 0
    mtime: int = EPOCH
    device: tuple = (0, 0)
    xattrs: dict = field(default_factory=dict)
    style: str = "pax"

    def __post_init__(self):
        self.name, self.data, self.link = as_bytes(self.name), as_bytes(self.data), as_bytes(self.link)


def number(value, width):
    """An octal field, or GNU's base-256 where octal has no room."""
    if 0 <= value < 8 ** (width - 1):
        return b"%0*o\0" % (width - 1, value)
    return bytes([0x80 if value >= 0 else 0xFF]) + value.to_bytes(width - 1, "big", signed=value < 0)


def header(name, typeflag, mode, uid, gid, size, mtime, link=b"", device=(0, 0), magic=b"ustar\x0000"):
    block = bytearray(512)
    fields = [
        (0, name[:100]),
        (100, number(mode, 8)),
        (108, number(uid, 8)),
        (116, number(gid, 8)),
        (124, number(size, 12)),
        (136, number(mtime, 12)),
        (148, b" " * 8),
        (156, typeflag),
        (157, link[:100]),
        (257, magic),
        (329, number(device[0], 8)),
        (337, number(device[1], 8)),
    ]
    for offset, value in fields:
        block[offset : offset + len(value)] = value
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


def padded(data):
    return data + bytes(-len(data) % 512)


def record(key, value):
    """One PAX record, whose length counts its own digits."""
    body = b" " + key + b"=" + value + b"\n"
    length = len(body)
    while len(b"%d" % length) + len(body) != length:
        length = len(b"%d" % length) + len(body)
    return b"%d" % length + body


def pax_records(entry):
    records = {}
    if len(entry.name) > 100:
        records[b"path"] = entry.name
    if len(entry.link) > 100:
        records[b"linkpath"] = entry.link
    if entry.mtime % SECOND or entry.mtime < 0:
        records[b"mtime"] = b"%d.%09d" % divmod(entry.mtime, SECOND)
    for key, value in ((b"uid", entry.uid), (b"gid", entry.gid)):
        if value >= 8**7:
            records[key] = b"%d" % value
    for key, value in entry.xattrs.items():
        records[b"SCHILY.xattr." + as_bytes(key)] = as_bytes(value)
    return records


def member(entry):
    size = len(entry.data) if entry.kind == "file" else 0
    prefix, magic, uid, gid = b"", b"ustar\x0000", entry.uid, entry.gid
    if entry.style == "gnu":
        magic = b"ustar  \0"
        for typeflag, text in ((b"L", entry.name), (b"K", entry.link)):
            if len(text) > 100:
                prefix += header(b"././@LongLink", typeflag, 0, 0, 0, len(text) + 1, 0, magic=magic) + padded(
                    text + b"\0"
                )
    else:
        records = b"".join(record(key, value) for key, value in sorted(pax_records(entry).items()))
        if records:
            prefix = header(
                b"PaxHeaders.0/" + entry.name[-80:].strip(b"/"), b"x", 0o644, 0, 0, len(records), 0
            ) + padded(records)
        uid, gid = min(uid, 8**7 - 1), min(gid, 8**7 - 1)
    head = header(
        entry.name,
        KINDS[entry.kind],
        entry.mode,
        uid,
        gid,
        size,
        max(entry.mtime // SECOND, 0),
        entry.link,
        entry.device,
        magic,
    )
    return prefix + head + (padded(entry.data) if size else b"")


def tar(entries, end=bytes(1024)):
    return b"".join(member(entry) for entry in entries) + end


# Shorthands for lists of entries.


def file(name, data=b"", mode=0o644, **more):
    return Entry(name, "file", mode, data, **more)


def directory(name, mode=0o755, **more):
    return Entry(as_bytes(name) + b"/", "dir", mode, **more)


def symlink(name, target, **more):
    return Entry(name, "symlink", 0o777, link=target, **more)


def hardlink(name, target, **more):
    return Entry(name, "hardlink", link=target, **more)


def whiteout(directory_name, name):
    return Entry(as_bytes(directory_name) + b"/.wh." + as_bytes(name), mode=0o600)
