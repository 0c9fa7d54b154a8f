#!/usr/bin/env python3
"""Loads images, saves them in every form, and lets skopeo, umoci, podman and docker read what was saved: one image ID, one list of DiffIDs.

    compare-save.py IMAGE…        archives and layouts; one image of several as FILE:@N, all of them without

With kept blobs an OCI form must have the manifest that came. Needs root; $LAYERCTL, or the one in $PATH. A tool that is missing is said and
counted, as is what a tool cannot read by its own nature (Docker takes no OCI layout). Ends with 1 where anything differs.
"""

import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

TOOL = os.environ.get("LAYERCTL", "layerctl")
HERE = pathlib.Path(__file__).resolve().parent
# Docker reads gzip in its own archive and no zstd; umoci 0.4 reads no zstd either.
FORMS = [
    ("docker-archive", "none", "skopeo podman docker"), ("docker-archive", "gzip", "skopeo podman docker"),
    ("docker-legacy", "none", "skopeo podman docker"), ("oci-archive", "none", "skopeo podman"),
    ("oci-archive", "gzip", "skopeo podman"), ("oci-archive", "zstd", "skopeo podman"),
    ("oci-dir", "none", "skopeo umoci podman"), ("oci-dir", "gzip", "skopeo umoci podman"), ("oci-dir", "zstd", "skopeo podman"),
]
counts = {"compared": 0, "different": 0, "skipped": 0}


def run(*command, **more):
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]}: {done.stderr.decode(errors='replace').strip().splitlines()[-1:]}")
    return done.stdout


def digest(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


def skip(what):
    counts["skipped"] += 1
    print(f"skipped: {what}")


def compare(what, ours, theirs):
    counts["compared"] += 1
    if ours != theirs:
        counts["different"] += 1
        print(f"DIFFERENT: {what}: {ours} is {theirs} for it")


class Unreadable(Exception):
    """Something that a tool does not read by its nature."""


class Skopeo:
    program = "skopeo"

    def image(self, form, path, work):
        transport = {"docker-archive": "docker-archive", "docker-legacy": "docker-archive", "oci-archive": "oci-archive", "oci-dir": "oci"}[form]
        config = run("skopeo", "inspect", "--config", "--raw", f"{transport}:{path}")
        return digest(config), json.loads(config)["rootfs"]["diff_ids"] or []


class Umoci:
    program = "umoci"

    def image(self, form, path, work):
        entry = json.loads((path / "index.json").read_text())["manifests"][0]
        if "docker" in entry["mediaType"]:
            # What came with Docker's manifest, and with the same blobs, keeps it.
            raise Unreadable("it has Docker's manifest, as it came")
        try:
            run("umoci", "raw", "unpack", "--image", f"{path}:{entry['annotations']['org.opencontainers.image.ref.name']}", work / "rootfs")
        finally:
            shutil.rmtree(work / "rootfs", ignore_errors=True)
        config = json.loads((path / "blobs" / entry["digest"].replace(":", "/")).read_text())["config"]["digest"]
        return config, None


class Podman:
    program = "podman"

    def __init__(self, work):
        self.words = ["podman", "--root", work / "podman", "--runroot", work / "podman-run", "--cgroup-manager", "cgroupfs"]

    def image(self, form, path, work):
        transport = f"oci:{path}" if form == "oci-dir" else None
        said = run(*self.words, "pull", "-q", transport) if transport else run(*self.words, "load", "-q", "-i", path)
        name = said.decode().strip().splitlines()[-1].removeprefix("Loaded image: ")
        found = json.loads(run(*self.words, "image", "inspect", name))[0]
        run(*self.words, "rmi", "-a", "-f")
        return "sha256:" + found["Id"], found["RootFS"]["Layers"] or []


class Docker:
    program = "docker"

    def image(self, form, path, work):
        name = run("docker", "load", "-q", "-i", path).decode().strip().splitlines()[-1].split(": ", 1)[1]
        found = json.loads(run("docker", "image", "inspect", name))[0]
        run("docker", "rmi", "-f", found["Id"])
        return found["Id"], found["RootFS"].get("Layers") or []


def compare_image(image, tools, work):
    os.environ["LAYERCTL_ROOT"] = str(work / "store")
    run(TOOL, "load", "-q", "-i", image)
    for number, identity in enumerate(run(TOOL, "images", "-q", "--no-trunc").decode().split()):
        layers = json.loads(run(TOOL, "inspect", "--format", "{{json .RootFS.Layers}}", identity)) or []
        tag = f"localhost/saved/{number}:made"
        run(TOOL, "tag", identity, tag)
        for form, compression, readers in FORMS:
            path = work / "saved"
            run(TOOL, "save", "--format", form, "--compress", compression, "-o", path, tag)
            for tool in tools:
                if tool.program not in readers.split():
                    continue
                what = f"{image} as {form} ({compression}) by {tool.program}"
                try:
                    found, found_layers = tool.image(form, path, work)
                except Unreadable as reason:
                    skip(f"{what}: {reason}")
                    continue
                except (RuntimeError, KeyError) as error:
                    # A tool that cannot read what it is given originally is no judge of what is made of it.
                    try:
                        if form != "oci-dir" and tool.program in ("docker", "podman"):
                            run(*(getattr(tool, "words", ["docker"])), "load", "-q", "-i", image)
                        compare(what, "read", str(error))
                    except RuntimeError as original:
                        skip(f"{what}: it does not read the original either: {original}")
                    continue
                compare(what, identity, found)
                if found_layers is not None:
                    compare(what + ", layers", layers, found_layers)
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        run(TOOL, "rmi", tag)
    shutil.rmtree(work / "store")


def compare_manifests(image, work):
    """With kept blobs what is saved has the manifest that came."""
    os.environ["LAYERCTL_ROOT"] = str(work / "kept")
    run(TOOL, "load", "-q", "--keep-blobs", "-i", image)
    originals = {m.parent.name: digest(m.read_bytes()) for m in (work / "kept/images").glob("*/*/manifest.json")}
    for identity, manifest in originals.items():
        path = work / "saved-oci"
        run(TOOL, "save", "--format", "oci-dir", "-o", path, identity)
        found = {m["digest"] for m in json.loads((path / "index.json").read_text())["manifests"]}
        compare(f"{image}: manifest of {identity[:12]} with kept blobs", {manifest}, found)
        shutil.rmtree(path)
    if not originals:
        skip(f"{image}: no manifest to keep")
    shutil.rmtree(work / "kept")


def main(images):
    work = pathlib.Path(tempfile.mkdtemp(prefix="compare-save."))
    docker = subprocess.Popen(
        ["bash", "-c", f". {HERE}/dockerd.sh; start_dockerd {work} && echo $DOCKER_HOST; read; stop_dockerd {work}"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )
    tools = []
    try:
        host = docker.stdout.readline().strip()
        for tool in (Skopeo(), Umoci(), Podman(work), *([Docker()] if host else [])):
            if shutil.which(tool.program):
                tools.append(tool)
        for name in {"skopeo", "umoci", "podman", "docker"} - {tool.program for tool in tools}:
            skip(f"all of {name}: it is not there")
        os.environ["DOCKER_HOST"] = host
        for image in images:
            try:
                compare_image(image, tools, work)
                compare_manifests(image, work)
            except RuntimeError as error:
                compare(str(image), "loaded", str(error))
                for name in ("store", "kept"):
                    shutil.rmtree(work / name, ignore_errors=True)
    finally:
        docker.communicate("\n")
        for line in reversed(pathlib.Path("/proc/self/mounts").read_text().splitlines()):
            if line.split()[1].startswith(f"{work}/"):
                subprocess.run(["umount", "-l", line.split()[1]], check=False)
        shutil.rmtree(work, ignore_errors=True)
    print(", ".join(f"{count} {word}" for word, count in counts.items()))
    return 1 if counts["different"] or not counts["compared"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
