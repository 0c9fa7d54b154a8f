"""The merged tree of an image as each tool makes it: `layerctl(image, work)` and so on return a directory.

`image` is an archive or a layout, `:NAME` after it choosing one of several; `work` is an empty directory, whose mounts
`unmount` takes off again.
"""

import json
import os
import pathlib
import subprocess

TOOL = os.environ.get("LAYERCTL", "layerctl")
EXPANDERS = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd", b"\x04\x22\x4d\x18": "lz4", b"\xfd7zXZ": "xz", b"BZh": "bzip2"}


def run(*command, **more):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more).stdout.decode()


def overlay(work, lowers):
    """Mounts layers, top first, read-only. Relative names keep many layers within the page that mount(2) takes."""
    for name in ("merged", "empty"):
        os.makedirs(f"{work}/{name}", exist_ok=True)
    lowers = [*lowers, f"{work}/empty"]
    common = os.path.commonpath(lowers)
    names = ":".join(os.path.relpath(path, common) for path in lowers)
    run("mount", "-t", "overlay", "overlay", "-o", "ro,lowerdir=" + names, f"{work}/merged", cwd=common)
    return f"{work}/merged"


def unmount(work):
    for line in reversed(pathlib.Path("/proc/self/mounts").read_text().splitlines()):
        if line.split()[1].startswith(work + "/"):
            subprocess.run(("umount", "-l", line.split()[1]), check=False)


def split(image):
    """The file and the name of `FILE:NAME`; the name is empty when there is none."""
    file, name = str(image), ""
    while not os.path.exists(file) and ":" in file:
        file, _, part = file.rpartition(":")
        name = f"{part}:{name}" if name else part
    return file, name


def loaded(output, archive, name):
    """What to ask for after `load`: the name that was chosen or the first that was loaded."""
    if name or "Loaded image" in output:
        return name or output.split("Loaded image")[1].split(": ", 1)[1].split()[0]
    # Docker says nothing of archives from before 1.10.
    ((name, tags), *_) = json.loads(run("tar", "-xOf", archive, "repositories")).items()
    return f"{name}:{next(iter(tags))}"


def graph_directories(*inspect):
    data = json.loads(run(*inspect))
    return [path for path in [data.get("UpperDir"), *data.get("LowerDir", "").split(":")] if path]


def layerctl(image, work):
    name = loaded(run(TOOL, "load", "--root", f"{work}/store", "-i", image), *split(image))
    inspect = (TOOL, "inspect", "--root", f"{work}/store", "--format", "{{json .GraphDriver.Data}}", name)
    return overlay(work, graph_directories(*inspect))


def plain(file, work):
    """The archive with its outer compression taken off: the containers/image of Debian 12 cannot read all."""
    with open(file, "rb") as start:
        head = start.read(6)
    for magic, expander in EXPANDERS.items():
        if head.startswith(magic):
            with open(f"{work}/plain.tar", "wb") as expanded:
                subprocess.run((expander, "-dc", file), check=True, stdout=expanded)
            return f"{work}/plain.tar"
    return file


def transport(image, work):
    """The name that containers/image gives it."""
    file, name = split(image)
    file = os.path.realpath(file)
    if os.path.isdir(file):
        kind = "oci" if os.path.exists(file + "/oci-layout") else "dir"
    else:
        file = plain(file, work)
        members = {name.removeprefix("./") for name in run("tar", "-tf", file).splitlines()}
        kind = "docker-archive" if members & {"manifest.json", "repositories"} else "oci-archive"
    return f"{kind}:{file}" + (f":{name}" if name else "")


def skopeo(image, work, destination):
    run("skopeo", "--insecure-policy", "copy", "-q", transport(image, work), destination)


def umoci(image, work):
    skopeo(image, work, f"oci:{work}/oci:latest")
    # `raw`: without a runtime's config.json, for which an image must say its operating system.
    run("umoci", "raw", "unpack", "--image", f"{work}/oci:latest", f"{work}/rootfs")
    return f"{work}/rootfs"


def podman(image, work):
    skopeo(image, work, f"containers-storage:[overlay@{work}/podman+{work}/run]peer.test/image:latest")
    store = ("--root", f"{work}/podman", "--runroot", f"{work}/run", "--storage-driver", "overlay", "--events-backend", "none")
    return run("podman", *store, "image", "mount", "peer.test/image:latest").strip()


def docker(image, work):
    kind, file, *_ = transport(image, work).split(":")
    name = split(image)[1]
    if kind != "docker-archive":
        file, name = f"{work}/docker.tar", "peer.test/image:latest"
        skopeo(image, work, f"docker-archive:{file}:{name}")
    name = loaded(run("docker", "load", "-q", "-i", file), file, name)
    return overlay(work, graph_directories("docker", "inspect", "--format", "{{json .GraphDriver.Data}}", name))
