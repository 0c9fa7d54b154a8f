#!/usr/bin/env python3
"""Times `layerctl load` beside other tools and a floor, interleaved, in one run.

    load-bench.py [--images DIR] [--name debian] [--runs 5] [--size 12G]

DIR holds what TestImages/make-real-images.sh makes (default: build them in a temporary directory first). All stores lie on one
ext4 with a journal, in a file that is mounted for the run; each store is emptied and the file system synchronised outside the
clock. Prints a Markdown table of medians: seconds on the clock, and CPU seconds of the command and its children (a daemon's
work is not in them). Only layerctl, and the floor that ends with `sync -f`, wait for the disk. Needs root.
The layerctl of $LAYERCTL is taken, or that of $PATH.
"""

import argparse
import contextlib
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
LAYERCTL = os.path.abspath(os.environ.get("LAYERCTL") or shutil.which("layerctl") or "layerctl")
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}

# One layer a worker, two workers: inflate, hash and untar, what every loader must do at least.
FLOOR = """ls "$1" | xargs -P 2 -I@ bash -c '
    mkdir "$2/@"; {inflate} "$1/@" | tee >(openssl dgst -sha256 >/dev/null) | tar -x -C "$2/@"' bash "$1" "$2" {sync}"""


def run(*command, **more):
    subprocess.run([str(part) for part in command], check=True, **QUIET, **more)


def timed(command):
    """Wall and CPU seconds of a command; None when it fails."""
    start = time.monotonic()
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - start
    return (seconds, usage.ru_utime + usage.ru_stime) if status == 0 else None


@contextlib.contextmanager
def journalled(size):
    """A mounted ext4 in a file."""
    with tempfile.TemporaryDirectory(prefix="load-bench-", dir=os.environ.get("TMPDIR", "/var/tmp")) as work:
        run("truncate", "-s", size, f"{work}/disk")
        run("mkfs.ext4", "-q", "-F", f"{work}/disk")
        os.mkdir(f"{work}/fs")
        run("mount", "-o", "loop", f"{work}/disk", f"{work}/fs")
        try:
            yield pathlib.Path(f"{work}/fs")
        finally:
            subprocess.run(("umount", "-l", f"{work}/fs"), check=False)


@contextlib.contextmanager
def dockerd(root):
    """A daemon with its data on the measured file system; gives the socket, or None where there is no dockerd."""
    program = shutil.which("dockerd", path=os.environ["PATH"] + ":/usr/sbin:/sbin")
    if not program:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="dk-") as run_directory:
        socket = f"unix://{run_directory}/dk.sock"
        options = ("--iptables=false", "--bridge=none", "--ip-masq=false", "--exec-root", run_directory + "/exec")
        command = (program, "--data-root", root, "--pidfile", run_directory + "/pid", "-H", socket, *options)
        daemon = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            for _ in range(300):
                if subprocess.run(("docker", "-H", socket, "version"), **QUIET, check=False).returncode == 0:
                    break
                time.sleep(0.1)
            yield socket
        finally:
            daemon.terminate()
            daemon.wait()


def layers_of(images, name, work):
    """Directories with the layers as plain tars and as gzip, for the floor."""
    plain, packed, all_members = work / "plain", work / "gzip", work / "members"
    for directory in (plain, packed, all_members):
        directory.mkdir()
    run("tar", "-xf", images / f"{name}.docker.tar", "-C", all_members)
    for number, tar in enumerate(sorted(all_members.glob("*/layer.tar"))):
        if not tar.is_symlink():
            tar.rename(plain / str(number))
    for number, blob in enumerate(sorted((images / f"{name}.skopeo-oci/blobs/sha256").iterdir())):
        with open(blob, "rb") as file:
            if file.read(2) == b"\x1f\x8b":
                shutil.copy(blob, packed / str(number))
    return plain, packed


def commands(images, name, fs, socket, plain, packed):
    """What is timed: a title, the command, and the directory that it fills."""
    docker_tar, oci_tar, oci = (images / f"{name}.{form}" for form in ("docker.tar", "podman-oci-archive.tar", "skopeo-oci"))
    podman = ("podman", "--root", fs / "podman", "--runroot", fs / "podman-run", "--storage-driver", "overlay",
              "--events-backend", "none", "load", "-q", "-i")
    storage = f"containers-storage:[overlay@{fs}/skopeo+{fs}/skopeo-run]bench.test/image:latest"
    skopeo = ("skopeo", "--insecure-policy", "copy", "-q")
    sync = f'&& sync -f "$2"'

    def floor(inflate, layers, end):
        return ("bash", "-c", FLOOR.format(inflate=inflate, sync=end), "bash", layers, fs / "floor")

    yield "docker-archive", "layerctl load (durable)", (LAYERCTL, "load", "--root", fs / "layerctl", "-i", docker_tar), "layerctl"
    yield "docker-archive", "layerctl load, again", (LAYERCTL, "load", "--root", fs / "layerctl", "-i", docker_tar), None
    yield "docker-archive", "layerctl history", (LAYERCTL, "history", docker_tar), None
    yield "docker-archive", "floor: tar + sha256", floor("cat", plain, ""), "floor"
    yield "docker-archive", "floor, durable (sync -f)", floor("cat", plain, sync), "floor"
    if socket:
        yield "docker-archive", "docker load", ("docker", "-H", socket, "load", "-q", "-i", docker_tar), "docker"
    yield "docker-archive", "podman load", (*podman, docker_tar), "podman"
    yield "docker-archive", "skopeo copy", (*skopeo, f"docker-archive:{docker_tar}", storage), "skopeo"
    yield "oci, gzip", "layerctl load (durable)", (LAYERCTL, "load", "--root", fs / "layerctl", "-i", oci_tar), "layerctl"
    yield "oci, gzip", "floor: igzip + tar + sha256", floor("igzip -dc", packed, ""), "floor"
    yield "oci, gzip", "floor, durable (sync -f)", floor("igzip -dc", packed, sync), "floor"
    yield "oci, gzip", "podman load", (*podman, oci_tar), "podman"
    yield "oci, gzip", "skopeo copy", (*skopeo, f"oci:{oci}", storage), "skopeo"
    yield "oci, gzip", "umoci raw unpack", ("umoci", "raw", "unpack", "--image", f"{oci}:latest", fs / "umoci/rootfs"), "umoci"


def empty(fs, directory, socket):
    """Makes a store as new."""
    if directory == "docker":
        ids = subprocess.run(("docker", "-H", socket, "images", "-aq"), check=True, stdout=subprocess.PIPE).stdout.split()
        if ids:
            run("docker", "-H", socket, "rmi", "-f", *{each.decode() for each in ids})
    else:
        for each in (directory, f"{directory}-run"):
            subprocess.run(("umount", "-l", fs / each / "overlay"), **QUIET, check=False)
            shutil.rmtree(fs / each, ignore_errors=True)
        (fs / directory).mkdir(mode=0o700, exist_ok=True)
    run("sync", "-f", fs)


def measure(arguments, images, fs):
    results = {}
    with tempfile.TemporaryDirectory(prefix="load-bench-layers-", dir=os.environ.get("TMPDIR", "/var/tmp")) as work, \
            dockerd(fs / "docker") as socket:
        plain, packed = layers_of(images, arguments.name, pathlib.Path(work))
        for number in range(arguments.runs):
            for form, title, command, directory in commands(images, arguments.name, fs, socket, plain, packed):
                if shutil.which(str(command[0])) is None:
                    continue
                if directory:
                    empty(fs, directory, socket)
                found = timed(command)
                print(f"run {number + 1}: {form}: {title}: {found}", file=sys.stderr)
                results.setdefault((form, title), []).append(found)
                if directory and title != "layerctl load (durable)":
                    empty(fs, directory, socket)
    return results


def report(results):
    print("| input | work | seconds (median) | lowest … highest | CPU seconds |\n|---|---|---|---|---|")
    for (form, title), runs in results.items():
        runs = [each for each in runs if each]
        if not runs:
            print(f"| {form} | {title} | refused | | |")
            continue
        walls, cpus = [each[0] for each in runs], [each[1] for each in runs]
        cpu = "(daemon)" if title.startswith("docker") else f"{statistics.median(cpus):.2f}"
        print(f"| {form} | {title} | {statistics.median(walls):.3f} | {min(walls):.3f} … {max(walls):.3f} | {cpu} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--images", type=pathlib.Path)
    parser.add_argument("--name", default="debian")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--size", default="12G")
    arguments = parser.parse_args()
    if not os.access(LAYERCTL, os.X_OK):
        sys.exit("load-bench.py: no layerctl: `make build`, and name it in $LAYERCTL")
    with contextlib.ExitStack() as stack:
        images = arguments.images
        if images is None:
            images = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR", "/var/tmp"))))
            subprocess.run((HERE.parent / "TestImages/make-real-images.sh", images, arguments.name), check=True)
        fs = stack.enter_context(journalled(arguments.size))
        report(measure(arguments, images.resolve(), fs))


if __name__ == "__main__":
    main()
