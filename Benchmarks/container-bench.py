#!/usr/bin/env python3
"""Times mount, diff, commit and checkout of containers beside docker and podman, interleaved, in one run.

    container-bench.py [--images DIR] [--name debian] [--runs 5] [--size 12G]

As load-bench.py: one journalled ext4 for all stores, medians in a Markdown table. Each tool gets a container of the image in which
10 files, and one in which 10,000 small files were changed: three of ten written anew over files of the image, two removed, five new.
Needs root. The layerctl of $LAYERCTL is taken, or that of $PATH.
"""

import argparse
import importlib.util
import json
import os
import pathlib
import statistics
import subprocess
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
spec = importlib.util.spec_from_file_location("load_bench", HERE / "load-bench.py")
bench = importlib.util.module_from_spec(spec)
spec.loader.exec_module(bench)
COUNTS = (10, 10_000)


def output(*command):
    return subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True).stdout.strip()


def change(root, count):
    """Changes files of a tree, the same in every tree of one image."""
    small = []
    for directory, _, names in sorted(os.walk(f"{root}/usr")):
        for name in sorted(names):
            path = os.path.join(directory, name)
            if not os.path.islink(path) and os.path.isfile(path) and os.lstat(path).st_nlink == 1 and os.path.getsize(path) < 8192:
                small.append(path)
    step = max(1, len(small) // (count // 2))
    chosen = small[::step][: count // 2]
    written, removed = chosen[: count * 3 // 10], chosen[count * 3 // 10 :]
    for path in written:
        with open(path, "w") as file:
            file.write("changed\n")
    for path in removed:
        os.unlink(path)
    for number in range(count - len(written) - len(removed)):
        directory = f"{root}/var/new/{number // 100}"
        os.makedirs(directory, exist_ok=True)
        with open(f"{directory}/{number}", "w") as file:
            file.write("x" * (number % 3000))


class Layerctl:
    title = "layerctl (durable)"

    def __init__(self, fs, images, name):
        self.words = (bench.LAYERCTL,)
        os.environ["LAYERCTL_ROOT"] = str(fs / "layerctl")
        self.image = output(*self.words, "load", "-q", "-i", images / f"{name}.docker.tar").split(": ", 1)[1]
        for count in COUNTS:
            output(*self.words, "create", "--name", f"box-{count}", self.image)
            change(output(*self.words, "mount", f"box-{count}"), count)
            output(*self.words, "umount", f"box-{count}")
        output(*self.words, "create", "--name", "plain", self.image)

    def works(self):
        yield "mount", (*self.words, "mount", "plain"), (*self.words, "umount", "plain")
        for count in COUNTS:
            yield f"diff of {count}", (*self.words, "diff", f"box-{count}"), None
        for count in COUNTS:
            yield f"commit of {count}", (*self.words, "commit", f"box-{count}", "made:1"), (*self.words, "rmi", "made:1")
        yield "checkout", (*self.words, "mount", "--driver", "copy", "plain"), (*self.words, "rm", "-f", "plain")

    def again(self, work):
        if work == "checkout":
            output(*self.words, "create", "--name", "plain", self.image)


class Podman:
    title = "podman 4.3"

    def __init__(self, fs, images, name):
        self.words = ("podman", "--root", fs / "podman", "--runroot", fs / "podman-run", "--storage-driver", "overlay",
                      "--events-backend", "none")
        image = output(*self.words, "load", "-q", "-i", images / f"{name}.docker.tar").split(": ", 1)[1]
        self.boxes = {}
        for count in (*COUNTS, 0):
            self.boxes[count] = output(*self.words, "create", "--network", "none", image)
            if count:
                change(output(*self.words, "mount", self.boxes[count]), count)
                output(*self.words, "umount", self.boxes[count])

    def works(self):
        yield "mount", (*self.words, "mount", self.boxes[0]), (*self.words, "umount", self.boxes[0])
        for count in COUNTS:
            yield f"diff of {count}", (*self.words, "diff", self.boxes[count]), None
        for count in COUNTS:
            yield f"commit of {count}", (*self.words, "commit", "-q", self.boxes[count], "made:1"), (*self.words, "rmi", "made:1")

    def again(self, work):
        pass


class Docker:
    title = "docker 20.10"

    def __init__(self, socket, images, name):
        self.words = ("docker", "-H", socket)
        image = output(*self.words, "load", "-q", "-i", images / f"{name}.docker.tar").split(": ", 1)[1]
        self.boxes = {}
        for count in COUNTS:
            self.boxes[count] = output(*self.words, "create", "--network", "none", image)
            data = json.loads(output(*self.words, "inspect", self.boxes[count]))[0]["GraphDriver"]["Data"]
            options = f"lowerdir={data['LowerDir']},upperdir={data['UpperDir']},workdir={data['WorkDir']}"
            with tempfile.TemporaryDirectory() as place:
                output("mount", "-t", "overlay", "overlay", "-o", options, place)
                change(place, count)
                output("umount", place)

    def works(self):
        for count in COUNTS:
            yield f"diff of {count}", (*self.words, "diff", self.boxes[count]), None
        for count in COUNTS:
            yield f"commit of {count}", (*self.words, "commit", self.boxes[count], "made:1"), (*self.words, "rmi", "made:1")

    def again(self, work):
        pass


class Copy:
    title = "cp -a of the mounted tree"

    def __init__(self, fs):
        self.source = output(bench.LAYERCTL, "create", "--name", "source", os.environ["BENCH_IMAGE"]) and output(
            bench.LAYERCTL, "mount", "source")
        self.target = fs / "copy"

    def works(self):
        yield "checkout", ("cp", "-a", self.source, self.target), ("rm", "-rf", self.target)

    def again(self, work):
        pass


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--images", type=pathlib.Path, required=True)
    parser.add_argument("--name", default="debian")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--size", default="12G")
    options = parser.parse_args()
    times = {}
    with bench.journalled(options.size) as fs, bench.dockerd(fs / "docker") as socket:
        own = Layerctl(fs, options.images, options.name)
        os.environ["BENCH_IMAGE"] = own.image
        tools = [own, Copy(fs)]
        if bench.shutil.which("podman"):
            tools.append(Podman(fs, options.images, options.name))
        if socket:
            tools.append(Docker(socket, options.images, options.name))
        bench.run("sync", "-f", fs)
        for _ in range(options.runs):
            for tool in tools:
                for work, command, undo in tool.works():
                    times.setdefault((work, tool.title), []).append(bench.timed(command))
                    if undo:
                        output(*undo)
                    tool.again(work)
                    bench.run("sync", "-f", fs)
        output(bench.LAYERCTL, "umount", "--all")
        subprocess.run(("umount", "-l", fs / "podman/overlay"), capture_output=True, check=False)
    print("| work | tool | seconds (median) | lowest … highest | CPU seconds |\n|---|---|---|---|---|")
    for (work, title), runs in sorted(times.items(), key=lambda each: each[0][0]):
        good = [run for run in runs if run]
        if not good:
            print(f"| {work} | {title} | failed | | |")
            continue
        walls = [wall for wall, _ in good]
        cpu = statistics.median(cpu for _, cpu in good)
        print(f"| {work} | {title} | {statistics.median(walls):.3f} | {min(walls):.3f} … {max(walls):.3f} | "
              f"{'(daemon)' if title.startswith('docker') else f'{cpu:.2f}'} |")


if __name__ == "__main__":
    main()
