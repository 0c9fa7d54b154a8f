"""Images and stores that grow, and what is measured at each size."""
import hashlib
import io
import json
import os
import tarfile
from typing import Callable, NamedTuple

from bench import scratch
from bench.archive import CREATED, LayerTar, docker_archive

NAME = "bench.test/growth:latest"
# An archive holds so many images at most: `--limit images`.
BATCH = 1000


def nothing():
    """Nothing is to be done."""


class Step(NamedTuple):
    """A command that is measured, and what is done before and after, outside the clock."""

    title: str
    command: tuple
    environment: dict
    before: Callable = nothing
    after: Callable = nothing


class Store:
    """A store on the measured file system."""

    def __init__(self, fs):
        self.root = fs / "growth"
        self.environment = {"LAYERCTL_ROOT": str(self.root), "LAYERCTL_DURABILITY": "none"}

    def step(self, title, *words, **more):
        return Step(title, (scratch.LAYERCTL, *words), self.environment, **more)

    def do(self, *words):
        return scratch.run(scratch.LAYERCTL, *words, env={**os.environ, **self.environment})

    def clear(self):
        scratch.remove(self.root)


def up_to(sizes, most):
    return [size for size in sizes if size <= most] or [min(sizes[0], most)]


def files(fs, work, most):
    """One layer of more and more files."""
    store, archive = Store(fs), work / "files.tar"
    for size in up_to((1_000, 10_000, 100_000, 1_000_000), most):
        layer = LayerTar(work / "0.tar")
        for number in range(size):
            layer.file(f"data/{number // 1000:04}/{number % 1000:03}", b"%015d\n" % number)
        docker_archive(archive, NAME, [layer.close()])
        store.clear()
        yield size, [store.step("load", "load", "-q", "-i", archive, before=store.clear), store.step("history", "history", archive),
                     store.step("ls", "ls", f"{NAME}:/data/0000"), store.step("verify", "verify", NAME)], store.clear
        os.unlink(archive)


def layers(fs, work, most):
    """More and more layers of ten files."""
    store, archive = Store(fs), work / "layers.tar"
    for size in up_to((1, 2, 5, 10, 20, 50, 100, 200, 500), most):
        made = []
        for number in range(size):
            layer = LayerTar(work / f"{number}.tar")
            for part in range(10):
                layer.file(f"data/{number:03}/{part}", b"%d %d\n" % (number, part))
            made.append(layer.close())
        docker_archive(archive, NAME, made)
        store.clear()

        def create():
            store.do("create", "--name", "box", NAME)

        def remove():
            store.do("umount", "box")
            store.do("rm", "box")

        yield size, [store.step("load", "load", "-q", "-i", archive, before=store.clear), store.step("history", "history", archive),
                     store.step("mount", "mount", "box", before=create, after=remove)], store.clear
        os.unlink(archive)


def add(tar, name, content):
    info = tarfile.TarInfo(name)
    info.size, info.mtime = len(content), CREATED
    tar.addfile(info, io.BytesIO(content))


def layer_of(work, text):
    """A tar with one file, in memory."""
    path = work / "layer.tar"
    layer = LayerTar(path)
    layer.file("data/" + text, text.encode())
    layer.close()
    return path.read_bytes()


def many_images(work, path, numbers):
    """A docker-archive of several images, each with a layer of its own above a common one."""
    base, manifest = layer_of(work, "base"), []
    base_digest = hashlib.sha256(base).hexdigest()
    with tarfile.open(path, "w", format=tarfile.PAX_FORMAT) as tar:
        add(tar, f"{base_digest}.tar", base)
        for number in numbers:
            own = layer_of(work, f"image-{number}")
            digest = hashlib.sha256(own).hexdigest()
            config = json.dumps({"architecture": "amd64", "os": "linux", "config": {}, "rootfs": {
                "type": "layers", "diff_ids": [f"sha256:{base_digest}", f"sha256:{digest}"]}}).encode()
            identity = hashlib.sha256(config).hexdigest()
            add(tar, f"{digest}.tar", own)
            add(tar, f"{identity}.json", config)
            manifest.append({"Config": f"{identity}.json", "RepoTags": [f"bench.test/image-{number}:latest"],
                             "Layers": [f"{base_digest}.tar", f"{digest}.tar"]})
        add(tar, "manifest.json", json.dumps(manifest).encode())


def images(fs, work, most):
    """A store with more and more images; it is kept from one size to the next."""
    store, archive, first = Store(fs), work / "images.tar", work / "image.tar"
    store.clear()
    many_images(work, first, [0])
    there = 0
    for size in up_to((1, 10, 100, 1_000, 10_000), most):
        while there < size:
            count = min(BATCH, size - there)
            many_images(work, archive, range(there, there + count))
            store.do("load", "-q", "-i", archive)
            os.unlink(archive)
            there += count
        yield size, [store.step("images", "images"), store.step("load", "load", "-q", "-i", first),
                     store.step("gc --plan", "gc", "--plan")], nothing
    store.clear()


SERIES = {"files": files, "layers": layers, "images": images}
