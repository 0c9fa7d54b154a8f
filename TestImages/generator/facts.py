"""What the fixtures hold, worked out from the entries alone, for tests to compare with."""

import hashlib
from collections import Counter

from images import legacy_config, sha256
from tarball import SECOND


def escaped(raw):
    """Printable ASCII but for the backslash as it is, every other byte as \\xNN."""
    return "".join(chr(c) if 0x20 < c < 0x7F and c != 0x5C else f"\\x{c:02x}" for c in raw)


def merged(layers):
    """The tree that a stack of layers means: name -> entry, hard links being the same entry."""
    tree = {}

    def remove(name, itself=True):
        for path in [p for p in tree if p.startswith(name + b"/" if name else b"") or itself and p == name]:
            del tree[path]

    for layer in layers:
        for entry in layer:
            parent, _, name = entry.name.rstrip(b"/").rpartition(b"/")
            if name == b".wh..wh..opq":
                remove(parent, itself=False)
            elif name.startswith(b".wh."):
                remove((parent + b"/" if parent else b"") + name[4:])
        for entry in layer:
            path = entry.name.rstrip(b"/")
            if path.rpartition(b"/")[2].startswith(b".wh."):
                continue
            if entry.kind != "dir" or path in tree and tree[path].kind != "dir":
                remove(path)
            tree[path] = tree[entry.link] if entry.kind == "hardlink" else entry
    return tree


def tree(image):
    """One line a name, sorted by bytes: path, kind, mode, uid, gid, mtime, value, names of the inode, xattrs."""
    nodes = merged(image.entries)
    names = Counter(id(entry) for entry in nodes.values())
    lines = []
    for path, entry in sorted(nodes.items()):
        value = "-"
        if entry.kind == "file":
            value = f"{len(entry.data)}:{hashlib.sha256(entry.data).hexdigest()}"
        elif entry.kind == "symlink":
            value = escaped(entry.link)
        elif entry.kind in ("char", "block"):
            value = "{}:{}".format(*entry.device)
        xattrs = ",".join(f"{key}={escaped(data)}" for key, data in sorted(entry.xattrs.items())) or "-"
        mtime = "{}.{:09}".format(*divmod(entry.mtime, SECOND))
        columns = (
            escaped(path),
            entry.kind,
            f"{entry.mode:04o}",
            entry.uid,
            entry.gid,
            mtime,
            value,
            names[id(entry)],
            xattrs,
        )
        lines.append("\t".join(str(column) for column in columns))
    return ("\n".join(lines) + "\n").encode()


def layer_facts(image):
    for diff_id, data, entries in zip(image.diff_ids, image.layers, image.entries):
        kept = [e for e in entries if not e.name.rstrip(b"/").rpartition(b"/")[2].startswith(b".wh.")]
        yield {
            "diffID": diff_id,
            "tarByteCount": len(data),
            "treeByteCount": sum(len(e.data) + (len(e.link) if e.kind == "symlink" else 0) for e in kept),
            "entryCount": len(entries),
            "fileCount": sum(e.kind in ("file", "hardlink") for e in kept),
        }


def facts(app, stages):
    return {
        "imageID": "sha256:" + app.image_id,
        "references": app.tags,
        "historyCount": len(app.config["history"]),
        "layers": list(layer_facts(app)),
        "legacyTopID": legacy_config(app)[-1]["id"],
        "malformed": [{"reason": reason, "stage": stage} for reason, stage in sorted(stages.items())],
    }
