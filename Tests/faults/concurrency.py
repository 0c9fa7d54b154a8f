#!/usr/bin/env python3
"""Many processes at once on one store: load, tag, images, create, put, commit, rm, rmi and gc.

    LAYERCTL=.build/release/layerctl Tests/faults/concurrency.py [--processes 32] [--rounds 50] [--seed 1] [--gc-every 5]

Every command must succeed, but for one kind of answer: that an image has vanished which another process removed, or is in use by another
process' container. At the end everything is removed and collected: the store must have not one byte or inode more than a fresh one, and
before that `check --data` must find everything whole. Prints failures, leaked bytes and inodes, and times; exits with 1 for any.
"""
import argparse
import collections
import io
import json
import hashlib
import os
import random
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time

from toolbox import LAYERCTL

IMAGES = 6
VANISHED = ("No such image", "is not in the store", "its image went")
IN_USE = ("is using its referenced image", "image is being used by", "must be forced")


def tar(files):
    """A tar with files of given contents."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, data in files:
            info = tarfile.TarInfo(name)
            if data is None:
                info.type, info.mode = tarfile.DIRTYPE, 0o755
            else:
                info.size, info.mode = len(data), 0o644
            archive.addfile(info, io.BytesIO(data or b""))
    return out.getvalue()


def archive(number, path):
    """An image of a base that all have, a layer that half of them have, and one of its own."""
    base = tar([("etc/", None)] + [(f"etc/file{i}", b"x" * (i * 97)) for i in range(30)])
    middle = tar([("usr/", None), (f"usr/half{number % 2}", b"y" * 5000)])
    own = tar([("own/", None), (f"own/{number}", bytes([number]) * 9000)])
    layers = [base, middle, own]
    config = json.dumps({
        "architecture": "amd64", "os": "linux", "config": {},
        "rootfs": {"type": "layers", "diff_ids": ["sha256:" + hashlib.sha256(layer).hexdigest() for layer in layers]},
    }).encode()
    manifest = json.dumps([{
        "Config": "config.json", "RepoTags": [f"image{number}:1"], "Layers": [f"{i}.tar" for i in range(3)],
    }]).encode()
    members = [(f"{i}.tar", layer) for i, layer in enumerate(layers)]
    with open(path, "wb") as file:
        file.write(tar(members + [("config.json", config), ("manifest.json", manifest)]))


class Worker:
    """One process' commands, and what came of them."""

    def __init__(self, store, number, arguments):
        self.store, self.number, self.arguments = store, number, arguments
        self.random = random.Random(arguments.seed * 1000 + number)
        self.counts = collections.Counter()
        self.times = collections.defaultdict(list)
        self.failures = []

    def run(self, *words):
        """Runs a command; gives its output, or None where it did not succeed."""
        began = time.monotonic()
        done = subprocess.run([LAYERCTL, *words], env={**os.environ, "LAYERCTL_ROOT": self.store},
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=600, check=False)
        self.times[words[0]].append(time.monotonic() - began)
        self.counts["commands"] += 1
        errors = done.stderr.decode(errors="replace")
        if done.returncode == 0:
            if "warning" in errors:
                self.failures.append(f"{' '.join(words)}: {errors.strip()}")
            return done.stdout.decode()
        if done.returncode == 3 and any(text in errors for text in VANISHED):
            self.counts["vanished"] += 1
        elif done.returncode == 4 and any(text in errors for text in IN_USE):
            self.counts["in use"] += 1
        else:
            self.failures.append(f"{' '.join(words)}: {done.returncode}: {errors.strip()}")
        return None

    def round(self, number):
        """All verbs once."""
        image = f"image{self.random.randrange(IMAGES)}"
        self.run("load", "-q", "-i", f"{os.path.dirname(self.store)}/{image}.tar")
        own = f"own{self.number}:{number}"
        tagged = self.run("tag", f"{image}:1", own) is not None
        self.run("images", "-q")
        made = self.run("create", "--name", f"c{self.number}-{number}", own if tagged else f"{image}:1")
        if made is not None:
            container = made.strip()
            self.run("cp", self.payload, f"{container}:/made")
            self.run("commit", container, f"made{self.number}:{number}")
            self.run("rm", container)
            self.run("rmi", f"made{self.number}:{number}")
        if tagged:
            self.run("rmi", own)
        if self.random.random() < 0.5:
            self.run("rmi", f"{image}:1")
        if number % self.arguments.gc_every == self.number % self.arguments.gc_every:
            self.run("gc")

    def main(self):
        """All rounds; the outcome as JSON."""
        self.payload = f"{os.path.dirname(self.store)}/payload{self.number}"
        with open(self.payload, "wb") as file:
            file.write(self.random.randbytes(3000))
        for number in range(self.arguments.rounds):
            self.round(number)
        return {"counts": self.counts, "failures": self.failures, "times": self.times}


def listing(store):
    """Every name below a store with its kind, and the bytes of its files."""
    names, size = [], 0
    for place, directories, files in os.walk(store):
        for name in directories + files:
            path = os.path.join(place, name)
            names.append(os.path.relpath(path, store))
            if name in files:
                size += os.lstat(path).st_size
    return sorted(names), size


def parallel(store, arguments):
    """Forks the workers and gathers what they say."""
    readers = []
    for number in range(arguments.processes):
        reader, writer = os.pipe()
        if os.fork() == 0:
            os.close(reader)
            status = 1
            try:
                with os.fdopen(writer, "w") as out:
                    json.dump(Worker(store, number, arguments).main(), out)
                status = 0
            finally:
                os._exit(status)
        os.close(writer)
        readers.append(reader)
    outcomes = []
    for reader in readers:
        with os.fdopen(reader) as file:
            text = file.read()
        outcomes.append(json.loads(text) if text else {"counts": {}, "failures": ["a worker died"], "times": {}})
    while True:
        try:
            os.wait()
        except ChildProcessError:
            return outcomes


def clear(store, arguments):
    """Removes everything, one after the other, and collects."""
    last = Worker(store, arguments.processes, arguments)
    last.run("check", "--data")
    containers = (last.run("ps", "-a", "-q") or "").split()
    if containers:
        last.run("rm", *containers)
    images = sorted(set((last.run("images", "-q", "--no-trunc") or "").split()))
    if images:
        last.run("rmi", "-f", *images)
    last.run("gc")
    return last


def main():
    """Runs all and reports."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--processes", type=int, default=32)
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--gc-every", type=int, default=5)
    parser.add_argument("--directory", default=None, help="where the store is made")
    arguments = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="layerctl-concurrency-", dir=arguments.directory)
    try:
        store, fresh = f"{folder}/store", f"{folder}/fresh"
        for number in range(IMAGES):
            archive(number, f"{folder}/image{number}.tar")
        # A store that has had one name and no more, and lost it without a collection: what every store has.
        probe = Worker(fresh, 0, arguments)
        probe.run("volume", "create", "one")
        probe.run("volume", "rm", "one")
        began = time.monotonic()
        outcomes = parallel(store, arguments)
        seconds = time.monotonic() - began
        last = clear(store, arguments)
        failures = [line for outcome in outcomes for line in outcome["failures"]] + last.failures + probe.failures
        counts = sum((collections.Counter(outcome["counts"]) for outcome in outcomes), collections.Counter())
        (expected, expected_size), (names, size) = listing(fresh), listing(store)
        leaked = [name for name in names if name not in expected]
        times = sorted(t for outcome in outcomes for list_ in outcome["times"].values() for t in list_)
        print(f"{arguments.processes} processes x {arguments.rounds} rounds, seed {arguments.seed}: {counts['commands']} commands in "
              f"{seconds:.0f} s, median {times[len(times) // 2]:.2f} s, longest {times[-1]:.2f} s")
        print(f"answers that an image vanished: {counts['vanished']}, that it is in use: {counts['in use']}")
        print(f"failures: {len(failures)}")
        for line, count in collections.Counter(failures).most_common(20):
            print(f"  {count} x {line}")
        print(f"leaked: {size - expected_size} bytes, {len(leaked)} names {leaked[:10]}")
        return 1 if failures or leaked or size != expected_size else 0
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
