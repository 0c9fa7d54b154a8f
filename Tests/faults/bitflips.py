#!/usr/bin/env python3
"""Flips one bit in each of N files of a store, chosen by chance, and asks `layerctl check --data` each time.

    LAYERCTL=.build/release/layerctl bitflips.py ARCHIVE [FLIPS] [SEED]

The store has the images of ARCHIVE with kept blobs, a container, a checkout, a volume and a snapshot. What is flipped keeps its times: a disk that
loses a bit tells nobody. Left out is what users write, and what nothing could be held against: the own layers of containers, what lies beside
a run, checkouts, the files of volumes, and the empty lock file. Every flip is undone; what is whole is checked again and again for false alarms.
Found is what the check names, and nothing else. Prints a line of figures, and each flip that was missed; the status is 1 if there were any.
"""
import collections
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

LAYERCTL = os.path.abspath(os.environ.get("LAYERCTL", ".build/release/layerctl"))
KINDS = {"layers": "layer", "images": "image", "names": "name", "blobs": "blob", "containers": "container", "volumes": "volume"}
USERS = re.compile(r"^(containers/[^/]+/(upper|work|merged|run)|volumes/[^/]+/_data|staging|trash)(/|$)|^lock$")


def run(root, *words):
    return subprocess.run([LAYERCTL, *words], env={**os.environ, "LAYERCTL_ROOT": root}, capture_output=True)


def must(root, *words):
    done = run(root, *words)
    if done.returncode != 0:
        sys.exit(f"{' '.join(words)}: status {done.returncode}\n{done.stderr.decode()}")
    return done.stdout.decode().strip()


def state_files(root):
    found = []
    for folder, _, names in os.walk(root):
        for name in names:
            path = os.path.join(folder, name)
            place = os.path.relpath(path, root)
            if not USERS.match(place) and os.path.isfile(path) and not os.path.islink(path) and os.path.getsize(path):
                found.append(place)
    return sorted(found)


def flip(path, position, bit):
    status = os.lstat(path)
    attributes = [(name, os.getxattr(path, name)) for name in os.listxattr(path)]
    with open(path, "r+b", buffering=0) as file:
        file.seek(position)
        byte = file.read(1)[0]
        file.seek(position)
        file.write(bytes([byte ^ 1 << bit]))
    # The kernel takes a capability away from a file that is written; a disk does not.
    for name, value in attributes:
        if name not in os.listxattr(path):
            os.setxattr(path, name, value)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def make_store(root, folder, archive):
    must(root, "load", "-q", "--keep-blobs", "-i", archive)
    image = must(root, "images", "-q").split()[0]
    container = must(root, "create", image)
    must(root, "tag", image, "example.test/second:name")
    must(root, "create", "-v", "data:/data", image)
    must(root, "volume", "snapshot", "data")
    os.mkdir(folder + "/checkout")
    must(root, "mount", "--driver", "copy", container, folder + "/checkout")


def kind(place):
    parts = place.split("/")
    if parts[0] == "layers":
        return "layers/" + parts[3]
    return parts[0] + ("/" + parts[-1] if parts[0] in ("images", "containers", "volumes") else "")


def is_named(root, place, text):
    """Whether what a check says, as JSON, is about the file that was changed, under whichever of its names, and about nothing else."""
    faults = json.loads(text)["faults"]
    kind, parts = KINDS.get(place.split("/")[0], "store"), place.split("/")
    if not faults or any(fault["kind"] != kind for fault in faults):
        return False
    if kind != "layer":
        # Of a name, the place has its canonical form, and the fault the familiar one.
        mark = parts[-1] if kind == "name" else parts[2 if kind in ("image", "blob") else 1] if len(parts) > 1 else ""
        return all(mark in fault["id"] for fault in faults)
    folder = os.fsencode(f"{root}/{'/'.join(parts[:3])}")
    shown = [bytes.fromhex(f["pathBytes"]) if "pathBytes" in f else (f["path"] or "").encode() for f in faults]
    paths = [folder + b"/tree" + path if path.startswith(b"/") else folder + b"/" + path for path in shown]
    return all(parts[2] in fault["id"] for fault in faults) and all(
        os.path.lexists(path) and os.path.samestat(os.lstat(path), os.lstat(f"{root}/{place}")) for path in paths)


def main():
    archive = sys.argv[1]
    flips = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    chance = random.Random(seed)
    folder = tempfile.mkdtemp(prefix="bitflips.", dir=os.environ.get("TMPDIR", "/var/tmp"))
    root = folder + "/store"
    try:
        make_store(root, folder, archive)
        files = state_files(root)
        missed, alarms, checks = [], [], 0
        kinds = collections.Counter()
        for number in range(flips):
            if number % 50 == 0:
                checks += 1
                clean = run(root, "check", "--data")
                if clean.returncode != 0:
                    alarms.append(clean.stdout.decode() + clean.stderr.decode())
            place = chance.choice(files)
            position, bit = chance.randrange(os.path.getsize(f"{root}/{place}")), chance.randrange(8)
            flip(f"{root}/{place}", position, bit)
            found = run(root, "check", "--data", "--format", "json")
            is_found = found.returncode == 5 and is_named(root, place, found.stdout)
            flip(f"{root}/{place}", position, bit)
            kinds[kind(place)] += 1
            if not is_found:
                missed.append(f"{place} byte {position} bit {bit}: status {found.returncode} {found.stdout.decode()[:1000]}")
        for line in missed:
            print("missed:", line)
        for text in alarms:
            print("false alarm:", text)
        print(
            f"{flips} flips in {len(files)} files (seed {seed}): {flips - len(missed)} found, {len(missed)} missed;"
            f" {len(alarms)} false alarms in {checks} checks of what is whole"
        )
        print(", ".join(f"{name} {count}" for name, count in sorted(kinds.items())))
        return 1 if missed or alarms else 0
    finally:
        subprocess.run([LAYERCTL, "rm", "-f", *run(root, "ps", "-aq").stdout.decode().split()],
                       env={**os.environ, "LAYERCTL_ROOT": root}, capture_output=True)
        shutil.rmtree(folder)


if __name__ == "__main__":
    sys.exit(main())
