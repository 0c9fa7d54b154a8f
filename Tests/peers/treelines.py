"""A directory tree as lines, in the form of TestImages/Fixtures/app.tree, and what differs between two of them."""

import collections
import hashlib
import os
import re
import stat

KINDS = {stat.S_IFREG: "file", stat.S_IFDIR: "dir", stat.S_IFLNK: "symlink", stat.S_IFCHR: "char"}
KINDS |= {stat.S_IFBLK: "block", stat.S_IFIFO: "fifo", stat.S_IFSOCK: "socket"}
COLUMNS = ("path", "kind", "mode", "uid", "gid", "mtime", "value", "names", "xattrs")
# What a driver or the host puts there, not the image.
HIDDEN = re.compile(r"(trusted|user)\.overlay\.|security\.selinux$")


def escaped(raw):
    return "".join(chr(c) if 0x20 < c < 0x7F and c != 0x5C else f"\\x{c:02x}" for c in raw)


def value(path, info, kind):
    if kind == "file":
        digest = hashlib.sha256()
        with open(path, "rb") as body:
            while chunk := body.read(1 << 20):
                digest.update(chunk)
        return f"{info.st_size}:{digest.hexdigest()}"
    if kind == "symlink":
        return escaped(os.readlink(path))
    return f"{os.major(info.st_rdev)}:{os.minor(info.st_rdev)}" if kind in ("char", "block") else "-"


def xattrs(path):
    names = sorted(name for name in os.listxattr(path, follow_symlinks=False) if not HIDDEN.match(name))
    return ",".join(f"{name}={escaped(os.getxattr(path, name, follow_symlinks=False))}" for name in names) or "-"


def dump(root):
    """The columns of each name below `root`, by escaped path.

    `names` is how many names in the tree share the inode, not st_nlink: overlayfs goes on counting a name that a layer above
    took away.
    """
    found, root = [], os.fsencode(root)
    for folder, folders, files in os.walk(root):
        for name in folders + files:
            path = os.path.join(folder, name)
            info = os.lstat(path)
            found.append((os.path.relpath(path, root), path, info, KINDS[stat.S_IFMT(info.st_mode)]))
    sharing = collections.Counter((info.st_dev, info.st_ino) for _, _, info, kind in found if kind != "dir")
    lines = {}
    for relative, path, info, kind in sorted(found):
        mtime = "{}.{:09}".format(*divmod(info.st_mtime_ns, 10**9))
        names = sharing[info.st_dev, info.st_ino] or 1
        columns = (kind, f"{stat.S_IMODE(info.st_mode):04o}", info.st_uid, info.st_gid, mtime, value(path, info, kind), names)
        lines[escaped(relative)] = [escaped(relative), *map(str, columns), xattrs(path)]
    return lines


def read(place):
    """The lines of a directory or of a file of lines."""
    if os.path.isdir(place):
        return dump(place)
    with open(place) as lines:
        return {line.split("\t", 1)[0]: line.rstrip("\n").split("\t") for line in lines}


def differences(ours, theirs):
    """A line for each name that is not the same, with the columns that differ."""
    for path in sorted(ours.keys() | theirs.keys()):
        if path not in ours or path not in theirs:
            yield f"{path}: only in the {'first' if path in ours else 'second'}"
        elif ours[path] != theirs[path]:
            yield path + ": " + ", ".join(f"{c} {a} / {b}" for c, a, b in zip(COLUMNS, ours[path], theirs[path]) if a != b)


def report(title, ours, theirs, shown=12):
    """Prints the first differences and their number; returns the number."""
    found = list(differences(ours, theirs))
    for line in found[:shown]:
        print("   ", line)
    print(f"{title}: {len(ours)} entries, {len(found)} differ", flush=True)
    return len(found)
