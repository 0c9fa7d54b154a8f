"""The merged tree of an image as each tool makes it: `layerctl(image, work)` and so on return a directory.

`image` is an archive or a layout; `work` is an empty directory, whose mounts `unmount` takes off again.
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


def first_loaded(output):
    """The first image that `load` says it loaded."""
    return output.split("Loaded image")[1].split(": ", 1)[1].split()[0]


def graph_directories(*inspect):
    data = json.loads(run(*inspect))
    return [path for path in [data.get("UpperDir"), *data.get("LowerDir", "").split(":")] if path]


def layerctl(image, work):
    loaded = first_loaded(run(TOOL, "load", "--root", f"{work}/store", "-i", image))
    inspect = (TOOL, "inspect", "--root", f"{work}/store", "--format", "{{json .GraphDriver.Data}}", loaded)
    return overlay(work, graph_directories(*inspect))


def transport(image, work):
    """The name that containers/image gives it, the outer compression taken off: the versions in Debian 12 cannot read all."""
    image = pathlib.Path(image).resolve()
    if image.is_dir():
        return f"oci:{image}" if (image / "oci-layout").exists() else f"dir:{image}"
    with image.open("rb") as start:
        head = start.read(6)
    expander = next((tool for magic, tool in EXPANDERS.items() if head.startswith(magic)), None)
    if expander:
        with open(f"{work}/plain.tar", "wb") as plain:
            subprocess.run((expander, "-dc", image), check=True, stdout=plain)
        image = f"{work}/plain.tar"
    members = set(run("tar", "-tf", image).splitlines())
    return ("docker-archive:" if members & {"manifest.json", "./manifest.json"} else "oci-archive:") + str(image)


def skopeo(image, work, destination):
    run("skopeo", "--insecure-policy", "copy", "-q", transport(image, work), destination)


def umoci(image, work):
    skopeo(image, work, f"oci:{work}/oci:latest")
    run("umoci", "unpack", "--image", f"{work}/oci:latest", f"{work}/bundle")
    return f"{work}/bundle/rootfs"


def podman(image, work):
    skopeo(image, work, f"containers-storage:[overlay@{work}/podman+{work}/run]peer.test/image:latest")
    store = ("--root", f"{work}/podman", "--runroot", f"{work}/run", "--storage-driver", "overlay", "--events-backend", "none")
    return run("podman", *store, "image", "mount", "peer.test/image:latest").strip()


def docker(image, work):
    source = transport(image, work)
    if not source.startswith("docker-archive:"):
        skopeo(image, work, f"docker-archive:{work}/docker.tar:peer.test/image:latest")
        source = f"docker-archive:{work}/docker.tar"
    loaded = first_loaded(run("docker", "load", "-q", "-i", source.split(":", 1)[1]))
    return overlay(work, graph_directories("docker", "inspect", "--format", "{{json .GraphDriver.Data}}", loaded))
