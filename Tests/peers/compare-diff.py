#!/usr/bin/env python3
"""Is what `layerctl diff`, `find` and `du` say of images what other tools say?

Usage: compare-diff.py IMAGE-ARCHIVE...      (the image that make-real-images.sh calls "small"; root; LAYERCTL names the program)
       compare-diff.py --pair FIRST SECOND   (any two docker-archives)

Without --pair each image gets a second one above it, made by edit-tree.sh. Then, with an empty store and nothing but the two files:

    diff A B        equals what differs between two trees that umoci unpacks, `podman image diff B A`, and `diff` of the two directories
    find A          equals GNU find on the tree: kinds, modes, owners, sizes, times, link targets
    du A            equals GNU du on the tree, less the directories themselves

A peer that is not there is skipped, and counted. Exit status 1 when anything differs.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True

import treelines  # noqa: E402
import unpackers  # noqa: E402

HERE = os.path.dirname(os.path.realpath(__file__))
LAYERCTL = os.path.realpath(os.environ.get("LAYERCTL", ".build/release/layerctl"))
# What podman leaves out of every diff, since it puts these there itself. Source: podman `libpod/diff.go`.
PODMAN_OWN = {
    "/dev", "/etc/hostname", "/etc/hosts", "/etc/resolv.conf", "/proc", "/run", "/run/notify", "/run/.containerenv", "/run/secrets", "/sys",
    "/etc/mtab",
}
LETTERS = {"f": "file", "d": "directory", "l": "symlink", "c": "character device", "b": "block device", "p": "fifo", "s": "socket"}


def run(*words, **options):
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(words)}: status {done.returncode}: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout.decode()


def edited(image, work):
    """The archive of an image with one layer more."""
    store = ("--root", work + "/store")
    name = run(LAYERCTL, "load", *store, "-i", image).strip().split(": ", 1)[1]
    run(LAYERCTL, "create", *store, "--name", "box", name)
    path = run(LAYERCTL, "mount", *store, "box").strip()
    try:
        run("sh", HERE + "/edit-tree.sh", path, "--owners")
    finally:
        run(LAYERCTL, "umount", *store, "box")
    run(LAYERCTL, "commit", *store, "box", "peer.test/edited:latest")
    run(LAYERCTL, "save", *store, "-o", work + "/edited.tar", "peer.test/edited:latest")
    return work + "/edited.tar"


def tree_changes(old, new):
    """What differs between two trees, as `docker diff` lists it: lines of treelines.dump by path."""
    kind, mode, uid, gid, mtime, value, xattrs = 1, 2, 3, 4, 5, 6, 8
    found = {}
    for path in old.keys() | new.keys():
        above = os.path.dirname(path)
        if path not in old:
            found[path] = "A"
        elif path not in new:
            if not above or above in new and new[above][kind] == "dir":
                found[path] = "D"
        else:
            before, after = old[path], new[path]
            columns = [kind, uid, gid, xattrs]
            if after[kind] != "symlink":
                columns.append(mode)
            if after[kind] != "dir":
                columns += [mtime, value]
            if any(before[column] != after[column] for column in columns):
                found[path] = "C"
    for path in list(found):
        while path := os.path.dirname(path):
            found.setdefault(path, "C")
    return {f"{what} /{path}" for path, what in found.items()}


def without_parents(lines):
    """Lines without directories that only stand there for something in them that changed or whose own time alone did.

    Docker lists a directory above every change; podman above names that were added or deleted, and when its own time is another.
    """
    direct = {os.path.dirname(line[2:]) for line in lines if line[0] != "C"}
    above = {os.path.dirname(line[2:]) for line in lines}
    return {line for line in lines if line[0] != "C" or line[2:] in direct or line[2:] not in above}


def is_unseen(line, old, new):
    """Whether podman overlooks a change: of a directory it compares mode and time, and neither owner nor extended attributes."""
    before, after = old.get(line[3:]), new.get(line[3:])
    return line[0] == "C" and before[1] == after[1] == "dir" and (before[2], before[5]) == (after[2], after[5])


def podman_changes(first, second, work):
    store = ("--root", work + "/podman", "--runroot", work + "/run", "--storage-driver", "overlay", "--events-backend", "none")
    names = []
    for place, image in enumerate((first, second)):
        names.append(f"peer.test/diff:{place}")
        destination = f"containers-storage:[overlay@{work}/podman+{work}/run]{names[-1]}"
        run("skopeo", "--insecure-policy", "copy", "-q", "docker-archive:" + image, destination)
    found = json.loads(run("podman", *store, "image", "diff", "--format", "json", names[1], names[0]))
    letters = {"added": "A", "changed": "C", "deleted": "D"}
    return {f"{letters[kind]} {path}" for kind, paths in found.items() for path in paths}


class Comparison:
    def __init__(self):
        self.passed = self.failed = self.skipped = 0

    def compare(self, title, ours, theirs):
        differences = sorted(ours ^ theirs)
        for line in differences[:12]:
            print("   ", "only layerctl:" if line in ours else "only the peer:", line)
        print(f"{title}: {len(ours)} lines, {len(differences)} differ", flush=True)
        self.failed += bool(differences)
        self.passed += not differences

    def skip(self, reason):
        print("skipped:", reason)
        self.skipped += 1


def find_lines(image, store):
    """What `layerctl find` says of each name below the root."""
    files = json.loads(run(LAYERCTL, "find", *store, "--format", "json", image))
    for file in files[1:]:
        size = file["size"] if file["type"] == "file" else 0
        mode = "" if file["type"] == "symlink" else file["mode"]
        yield "\t".join(map(str, (
            file["name"], file["type"], mode, file["uid"], file["gid"], size, file["modified"].rstrip("Z").split(".")[0],
            file.get("target", ""),
        )))


def gnu_find_lines(tree):
    form = r"/%P\t%y\t%m\t%U\t%G\t%s\t%TY-%Tm-%TdT%TH:%TM:%TS\t%l\0"
    environment = dict(os.environ, TZ="UTC")
    for line in run("find", tree, "-mindepth", "1", "-printf", form, env=environment).split("\0")[:-1]:
        name, letter, mode, uid, gid, size, time, target = line.split("\t")
        size = size if letter == "f" else 0
        mode = "" if letter == "l" else mode.rjust(4, "0")
        yield "\t".join(map(str, (name, LETTERS[letter], mode, uid, gid, size, time.split(".")[0], target)))


def gnu_du(tree):
    """What each directory holds by GNU du, without what directories take themselves."""
    sums = {}
    for line in run("du", "-b", tree).splitlines():
        size, path = line.split("\t")
        sums[path] = int(size)
    own = {path: os.lstat(path).st_size for path in sums}
    for path in sums:
        inside = sum(size for other, size in own.items() if other == path or other.startswith(path.rstrip("/") + "/"))
        name = "" if path == tree else os.path.relpath(path, tree)
        yield f"{sums[path] - inside}\t/{name}"


def check(image, comparison, second=None):
    title = os.path.basename(image)
    with tempfile.TemporaryDirectory(prefix="compare-diff-", dir=os.environ.get("TMPDIR", "/var/tmp")) as work:
        empty = ("--root", work + "/empty")
        second = second or edited(image, work)
        ours = set(run(LAYERCTL, "diff", *empty, image, second).splitlines())
        if not (shutil.which("umoci") and shutil.which("skopeo")):
            return comparison.skip("needs umoci and skopeo")
        trees = []
        for place, file in enumerate((image, second)):
            os.mkdir(f"{work}/{place}")
            trees.append(unpackers.umoci(file, f"{work}/{place}"))
        dumps = [treelines.dump(tree) for tree in trees]
        expected = tree_changes(*dumps)
        comparison.compare(f"{title}: diff / trees of umoci", ours, expected)
        directories = set(run(LAYERCTL, "diff", *empty, *trees).splitlines())
        comparison.compare(f"{title}: diff of directories / trees of umoci", directories, expected)
        if shutil.which("podman") and shutil.which("skopeo"):
            podman = {line for line in podman_changes(image, second, work) if line[2:] not in PODMAN_OWN}
            mine = {line for line in ours if line[2:] not in PODMAN_OWN}
            mine -= {line for line in mine - podman if is_unseen(line, *dumps)}
            comparison.compare(f"{title}: diff / podman", without_parents(mine), without_parents(podman))
        else:
            comparison.skip("needs podman and skopeo")
        comparison.compare(f"{title}: find / GNU find", set(find_lines(second, empty)), set(gnu_find_lines(trees[1])))
        ours = set(run(LAYERCTL, "du", *empty, second).splitlines())
        comparison.compare(f"{title}: du / GNU du", ours, set(gnu_du(trees[1])))


def main():
    comparison = Comparison()
    if sys.argv[1:2] == ["--pair"]:
        check(sys.argv[2], comparison, sys.argv[3])
    else:
        for image in sys.argv[1:]:
            check(image, comparison)
    print(f"{comparison.passed} passed, {comparison.failed} failed, {comparison.skipped} skipped")
    sys.exit(1 if comparison.failed else 0)


main()
