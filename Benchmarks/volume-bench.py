#!/usr/bin/env python3
"""Times file work in a directory of the host, in a volume, in a bind mount and in a container's own layer, interleaved, in one run.

    volume-bench.py [--runs 5] [--size 8G] [--fs ext4|xfs]

The container's programs are the host's, shown by bind mounts: what differs is the place of the files alone. The second table is what the
first change of a file of the image costs, which copies it up, beside the second change. Needs root, fio and an OCI runtime. The layerctl of
$LAYERCTL is taken, or that of $PATH.
"""

import argparse
import io
import json
import os
import statistics
import tarfile

from bench import scratch

JOBS = {"write, 1 MiB each": "write --bs=1M", "write, 4 KiB at random": "randwrite --bs=4k",
        "read, 1 MiB each": "read --bs=1M", "read, 4 KiB at random": "randread --bs=4k"}
SIZES = {"1 KiB": 1 << 10, "1 MiB": 1 << 20, "64 MiB": 64 << 20, "512 MiB": 512 << 20}
APPEND = """
import sys, time
for path in sys.argv[1:]:
    for _ in range(2):
        start = time.perf_counter()
        with open(path, 'ab') as file: file.write(b'x')
        print(time.perf_counter() - start)
"""


def output(*command):
    return scratch.run(*command).strip()


def image(path):
    """A root file system whose programs are where the host's are shown, and files of some sizes."""
    with tarfile.open(path, "w") as tar:
        for name, target in (("bin", "usr/bin"), ("lib", "usr/lib"), ("lib64", "usr/lib64"), ("sbin", "usr/sbin")):
            link = tarfile.TarInfo(name)
            link.type, link.linkname = tarfile.SYMTYPE, target
            tar.addfile(link)
        for name in ("usr", "tmp", "own", "low"):
            directory = tarfile.TarInfo(name)
            directory.type, directory.mode = tarfile.DIRTYPE, 0o755
            tar.addfile(directory)
        for name, size in SIZES.items():
            member = tarfile.TarInfo("low/" + name.replace(" ", ""))
            member.size, member.mode = size, 0o644
            tar.addfile(member, io.BytesIO(os.urandom(1 << 20) * (size // (1 << 20)) if size >= 1 << 20 else bytes(size)))


def fio(words, directory, job):
    text = output(*words, "fio", "--name=x", f"--directory={directory}", f"--rw={job.split()[0]}", *job.split()[1:], "--size=192M",
                  "--end_fsync=1", "--invalidate=1", "--thread", "--ioengine=psync", "--output-format=json")
    result = json.loads(text[text.index("{"):])["jobs"][0]
    return result["write" if "write" in job else "read"]["bw_bytes"] / (1 << 20)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--size", default="8G")
    parser.add_argument("--fs", default="ext4", choices=("ext4", "xfs"))
    options = parser.parse_args()
    speeds, appends = {}, {}
    scratch.enter("volume-bench.py")
    with scratch.file_system(options.fs, options.size) as fs:
        os.environ["LAYERCTL_ROOT"] = str(fs / "store")
        image(fs / "root.tar")
        output(scratch.LAYERCTL, "import", fs / "root.tar", "bench:1")
        os.unlink(fs / "root.tar")
        os.mkdir(fs / "host")
        os.mkdir(fs / "bind")
        start = (scratch.LAYERCTL, "run", "-d", "--name", "box", "-v", "/usr:/usr:ro", "-v", "data:/volume", "-v", f"{fs}/bind:/bind",
                 "bench:1", "sleep", "100000")
        inside = (scratch.LAYERCTL, "exec", "box")
        places = {"host directory": ((), fs / "host"), "volume": (inside, "/volume"), "bind": (inside, "/bind"),
                  "own layer": (inside, "/own")}
        for number in range(options.runs):
            output(*start)
            for work, job in JOBS.items():
                # Who comes first finds the disk as nobody after him does: each place does in its turn.
                turn = list(places.items())
                turn = turn[number % len(turn) :] + turn[: number % len(turn)]
                for place, (words, directory) in turn:
                    speeds.setdefault((work, place), []).append(fio(words, directory, job))
                    scratch.sync(fs)
            files = ["/low/" + name.replace(" ", "") for name in SIZES]
            seconds = [float(line) for line in output(*inside, "python3", "-c", APPEND, *files).split()]
            for place, name in enumerate(SIZES):
                appends.setdefault(name, []).append(seconds[2 * place : 2 * place + 2])
            output(scratch.LAYERCTL, "rm", "-f", "box")
            scratch.sync(fs)
    print(f"On {options.fs}, MiB/s, medians of {options.runs} (lowest … highest):\n")
    print(f"| work | {' | '.join(places)} |\n|---|{'---|' * len(places)}")
    for work in JOBS:
        cells = [speeds[work, place] for place in places]
        print(f"| {work} | " + " | ".join(f"{statistics.median(c):.0f} ({min(c):.0f} … {max(c):.0f})" for c in cells) + " |")
    print("\n| one byte appended to a file of the image of | first time | again |\n|---|---|---|")
    for name, runs in appends.items():
        first, again = (statistics.median(run[place] for run in runs) * 1000 for place in (0, 1))
        print(f"| {name} | {first:.2f} ms | {again:.2f} ms |")


if __name__ == "__main__":
    main()
