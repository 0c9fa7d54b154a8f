"""Image archives: layers that are written, a docker-archive of them, the OCI forms that skopeo makes of it, and where layers lie in each."""
import hashlib
import io
import json
import os
import pathlib
import tarfile
from typing import NamedTuple

from bench import scratch

FORMS = {"docker": "docker-archive", "oci-gzip": "oci, gzip", "oci-zstd": "oci, zstd"}
MAGIC = {b"\x1f\x8b": "gzip", b"\x28\xb5": "zstd"}
CREATED = 1_700_000_000


class LayerTar:
    """A layer in the making: a tar whose directories are named before what lies in them."""

    def __init__(self, path):
        self.path, self.entries, self.bytes = path, 0, 0
        self.tar = tarfile.open(path, "w", format=tarfile.PAX_FORMAT)
        self.directories = set()

    def add(self, info, content=None):
        parent = os.path.dirname(info.name)
        if parent and parent not in self.directories:
            self.directory(parent)
        if info.isdir():
            self.directories.add(info.name)
        self.tar.addfile(info, content)
        self.entries += 1
        self.bytes += info.size

    def directory(self, name):
        if name not in self.directories:
            info = tarfile.TarInfo(name)
            info.type, info.mode, info.mtime = tarfile.DIRTYPE, 0o755, CREATED
            self.add(info)

    def file(self, name, content, mode=0o644, owner=0):
        info = tarfile.TarInfo(name)
        info.size, info.mode, info.mtime, info.uid, info.gid = len(content), mode, CREATED, owner, owner
        self.add(info, io.BytesIO(content))

    def link(self, name, target, kind=tarfile.SYMTYPE, mode=0o644):
        """A link; a hard one with the mode of its file, which some tools set anew."""
        info = tarfile.TarInfo(name)
        info.type, info.linkname, info.mode, info.mtime = kind, target, mode, CREATED
        self.add(info)

    def whiteout(self, path):
        parent, name = os.path.split(path)
        self.file(os.path.join(parent, ".wh." + name), b"", 0)

    def opaque(self, path):
        self.file(os.path.join(path, ".wh..wh..opq"), b"", 0)

    def close(self):
        self.tar.close()
        return self


class Span(NamedTuple):
    """Where a layer's bytes lie."""

    codec: str
    offset: int
    size: int
    file: pathlib.Path
    member: str


def digest(path):
    state = hashlib.sha256()
    with open(path, "rb") as file:
        while chunk := file.read(1 << 20):
            state.update(chunk)
    return state.hexdigest()


def docker_archive(path, name, layers):
    """Writes what `docker save` wrote before version 25, of finished LayerTars; takes their files away as it goes."""
    created = "2023-11-14T22:13:20Z"
    names, members = [digest(layer.path) for layer in layers], []
    config = json.dumps({
        "architecture": "amd64", "os": "linux", "created": created,
        "config": {"Cmd": ["/bin/sh"], "Env": ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]},
        "rootfs": {"type": "layers", "diff_ids": ["sha256:" + each for each in names]},
        "history": [{"created": created, "created_by": f"COPY layer {number} /"} for number in range(len(layers))],
    }).encode()
    identity = hashlib.sha256(config).hexdigest()
    with tarfile.open(path, "w", format=tarfile.PAX_FORMAT) as tar:
        def add(member, size, content):
            info = tarfile.TarInfo(member)
            info.size, info.mode, info.mtime = size, 0o644, CREATED
            tar.addfile(info, content)

        for layer, each in zip(layers, names):
            members.append(f"{each}/layer.tar")
            with open(layer.path, "rb") as file:
                add(members[-1], os.path.getsize(layer.path), file)
            os.unlink(layer.path)
        add(f"{identity}.json", len(config), io.BytesIO(config))
        manifest = json.dumps([{"Config": f"{identity}.json", "RepoTags": [name], "Layers": members}]).encode()
        add("manifest.json", len(manifest), io.BytesIO(manifest))


def oci_layout(source, directory, codec):
    """An OCI layout of a docker-archive, and an archive of that layout beside it: skopeo compresses, with its own levels."""
    scratch.run("skopeo", "--insecure-policy", "copy", "-q", "--dest-compress-format", codec, f"docker-archive:{source}",
                f"oci:{directory}:latest")
    found = {span.codec for span in layout_layers(directory)}
    if found != {codec}:
        raise RuntimeError(f"this skopeo makes {' and '.join(sorted(found))} of layers that are to be {codec}")
    scratch.run("tar", "-C", directory, "-cf", f"{directory}.tar", "oci-layout", "index.json", "blobs")


def layout_layers(directory):
    """The layers of the one image of a layout."""
    blobs = pathlib.Path(directory) / "blobs/sha256"
    index = json.loads((pathlib.Path(directory) / "index.json").read_bytes())
    manifest = json.loads((blobs / index["manifests"][0]["digest"].split(":")[1]).read_bytes())
    for layer in manifest["layers"]:
        blob = blobs / layer["digest"].split(":")[1]
        with open(blob, "rb") as file:
            codec = MAGIC.get(file.read(2), "plain")
        yield Span(codec, 0, blob.stat().st_size, blob, "")


def docker_config(path):
    """The config and the layers of a docker-archive with one image."""
    with tarfile.open(path) as tar:
        manifest = json.load(tar.extractfile("manifest.json"))[0]
        config = json.load(tar.extractfile(manifest["Config"]))
        members = {info.name: info for info in tar}
    spans = []
    for name in manifest["Layers"]:
        info = members[name]
        while info.issym():
            info = members[os.path.normpath(os.path.join(os.path.dirname(info.name), info.linkname))]
        spans.append(Span("plain", info.offset_data, info.size, pathlib.Path(path), info.name))
    return config, spans


class Image:
    """An image in a directory, in every form."""

    def __init__(self, name, directory):
        self.name, self.directory = name, pathlib.Path(directory)
        self.reference = f"bench.test/{name}:latest"

    def archive(self, form):
        """The file that loaders read."""
        return self.directory / f"{form}.tar"

    def layout(self, form):
        """The OCI layout, for those who read no archive of one."""
        return self.directory / form

    def facts(self):
        return json.loads((self.directory / "facts.json").read_bytes())

    def layers(self, form):
        return docker_config(self.archive(form))[1] if form == "docker" else list(layout_layers(self.layout(form)))

    def chain(self):
        """The ChainID of all layers."""
        chain = ""
        for each in docker_config(self.archive("docker"))[0]["rootfs"]["diff_ids"]:
            chain = "sha256:" + hashlib.sha256(f"{chain} {each}".encode()).hexdigest() if chain else each
        return chain

    def warm(self, form):
        """Reads what is to be loaded, so that nobody waits for another disk than the measured one."""
        for path in [self.archive(form), *({span.file for span in self.layers(form)} if form != "docker" else ())]:
            with open(path, "rb", buffering=0) as file:
                while file.read(1 << 24):
                    pass
