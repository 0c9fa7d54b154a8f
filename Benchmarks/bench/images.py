"""The six images that are measured, made of Debian's and PyPI's packages and kept in a directory.

Each is a docker-archive that is written here, and two OCI layouts and archives, of gzip and of zstd, that skopeo makes of it.
"""
import contextlib
import hashlib
import inspect
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tarfile
import zipfile

from bench import archive, rootfs, scratch
from bench.archive import LayerTar

SITE = "usr/local/lib/python3.11/site-packages"


class Making:
    """What one image is made with: a directory to work in, and numbered layers."""

    def __init__(self, work, roots):
        self.work, self.roots, self.layers = pathlib.Path(work), roots, []

    @contextlib.contextmanager
    def layer(self):
        made = LayerTar(self.work / f"{len(self.layers)}.tar")
        yield made
        self.layers.append(made.close())


def make_small(making):
    with making.layer() as layer:
        rootfs.add_busybox(layer, making.work)
        layer.file("etc/passwd", b"root:x:0:0:root:/root:/bin/sh\n")
    with making.layer() as layer:
        for number in range(20):
            layer.file(f"data/old/{number}", b"%d\n" % number * 50)
        layer.file("data/keep/c", b"kept\n", owner=1234)
    with making.layer() as layer:
        layer.whiteout("data/old")
        layer.file("data/new", b"new\n", 0o755)


def make_debian(making):
    groups = ((), ("perl",), ("python", "vcs", "editors", "math"), ("devel", "libdevel"))
    making.roots.split(making, groups)
    with making.layer() as layer:
        # A file tree as a package manager for a scripting language leaves it: thousands of small files.
        for package in range(160):
            for part in range(60):
                text = f"// {package}.{part}\n" + f"export const value{part} = '{package * part}';\n" * (1 + (package * 7 + part) % 90)
                layer.file(f"srv/app/modules/package-{package:03}/lib/part-{part:02}.js", text.encode())
    with making.layer() as layer:
        for package in range(10):
            layer.whiteout(f"srv/app/modules/package-{package:03}")
        layer.whiteout("usr/share/doc")
    with making.layer() as layer:
        layer.opaque("usr/share/locale")
        layer.file("usr/share/locale/en/name", b"en\n")
    with making.layer() as layer:
        for package in range(100, 150):
            for part in range(60):
                layer.file(f"srv/app/modules/package-{package:03}/lib/part-{part:02}.js", b"// replaced\n" * part, owner=1000)
    with making.layer() as layer:
        layer.file("srv/data", b"data\n" * 1000)
        layer.link("srv/data.hard", "srv/data", tarfile.LNKTYPE)
        layer.link("srv/data.soft", "data")


def make_python_app(making):
    # What an application for numbers and its web pages leave on the disk; pinned, so that figures can be compared.
    groups = (
        ("numpy==1.26.4", "scipy==1.13.1"),
        ("pandas==2.2.2", "jedi==0.19.1"),
        ("matplotlib==3.9.0", "pillow==10.3.0", "joblib==1.4.2", "networkx==3.3"),
        ("Django==5.0.6", "Babel==2.15.0", "sympy==1.12.1", "botocore==1.34.131"),
        ("requests==2.32.3", "urllib3==2.2.2", "Jinja2==3.1.4", "SQLAlchemy==2.0.31", "pygments==2.18.0"),
    )
    making.roots.split(making, ((), ("python",)), passed_over=("perl", "vcs", "editors", "math", "devel", "libdevel"))
    for group in groups:
        wheels = making.work / "wheels"
        scratch.run("python3", "-m", "pip", "download", "-q", "--no-deps", "--only-binary=:all:", "--python-version", "3.11",
                    "--platform", "manylinux2014_x86_64", "--platform", "manylinux_2_28_x86_64", "-d", wheels, *group)
        with making.layer() as layer:
            for wheel in sorted(wheels.iterdir()):
                with zipfile.ZipFile(wheel) as packed:
                    for info in packed.infolist():
                        if not info.is_dir():
                            layer.file(f"{SITE}/{info.filename}", packed.read(info), info.external_attr >> 16 & 0o777 or 0o644)
        shutil.rmtree(wheels)
    with making.layer() as layer:
        for number in range(400):
            layer.file(f"srv/app/module_{number // 20:02}/part_{number:03}.py", b"def answer():\n    return 42\n" * (number % 60 + 1), owner=1000)
    with making.layer() as layer:
        layer.whiteout(f"{SITE}/numpy/tests")
        layer.whiteout(f"{SITE}/sympy/polys/benchmarks")
        layer.file("srv/app/settings.py", b"DEBUG = False\n", owner=1000)


def make_many_small(making):
    for number in range(3):
        with making.layer() as layer:
            for place in range(50_000):
                text = hashlib.sha256(b"%d %d" % (number, place)).hexdigest().encode() * 16
                layer.file(f"data/{number}/{place // 100:03}/{place:05}", text)


def make_big_files(making):
    class Content:
        """Half noise, half text, no block like another; what compresses as programs and their data do."""

        def __init__(self, seed):
            self.random, self.left = random.Random(seed), b""

        def read(self, count):
            while len(self.left) < count:
                line = b"%016x, the text of a log file as many programs write it\n" % self.random.getrandbits(64)
                self.left += self.random.randbytes(1 << 19) + (line * ((1 << 19) // len(line)))
            found, self.left = self.left[:count], self.left[count:]
            return found

    for number in range(3):
        with making.layer() as layer:
            for part in range(2):
                info = tarfile.TarInfo(f"data/{number}-{part}")
                info.size, info.mode, info.mtime = 256 << 20, 0o644, archive.CREATED
                layer.add(info, Content(number * 2 + part))


def make_deep(making):
    for number in range(120):
        with making.layer() as layer:
            if number == 0:
                rootfs.add_busybox(layer, making.work)
            for part in range(4):
                layer.file(f"srv/{number:03}/{part}", b"%d %d\n" % (number, part) * 250)
            layer.file(f"srv/common/{number % 10}", b"%d\n" % number)
            if number:
                layer.whiteout(f"srv/{number - 1:03}/3")


RECIPES = {"small": make_small, "debian": make_debian, "python-app": make_python_app, "many-small": make_many_small,
           "big-files": make_big_files, "deep": make_deep}


def recipe_digest(name):
    """What says that a kept image was made by another recipe."""
    sources = [inspect.getsource(each) for each in (RECIPES[name], Making, archive.LayerTar, archive.docker_archive, archive.oci_layout, rootfs)]
    return hashlib.sha256("".join(sources).encode()).hexdigest()


def get(names, directory):
    """The images, made where they are not there yet."""
    directory = pathlib.Path(directory)
    directory.mkdir(parents=True, exist_ok=True)
    found = []
    with contextlib.ExitStack() as stack:
        roots = rootfs.Roots(stack)
        for name in names:
            image = archive.Image(name, directory / name)
            if not (image.directory / "facts.json").exists():
                print(f"making {name}", file=sys.stderr, flush=True)
                make(image, roots)
            elif image.facts()["recipe"] != recipe_digest(name):
                print(f"{name} was made by an older recipe: remove {image.directory} to have it made anew", file=sys.stderr)
            found.append(image)
    return found


def make(image, roots):
    missing = [each for each in ("skopeo", "apt-get", "dpkg-deb", "mmdebstrap") if not scratch.program(each)]
    if missing:
        raise RuntimeError(f"images are made with {', '.join(missing)}, which is not there: `.ci/packages bench`")
    with scratch.directory(f".{image.name}-", image.directory.parent) as work:
        making = Making(work, roots)
        RECIPES[image.name](making)
        made = archive.Image(image.name, work / "made")
        made.directory.mkdir()
        facts = {"recipe": recipe_digest(image.name), "layers": len(making.layers), "entries": sum(layer.entries for layer in making.layers),
                 "bytes": sum(os.path.getsize(layer.path) for layer in making.layers)}
        archive.docker_archive(made.archive("docker"), image.reference, making.layers)
        for codec in ("gzip", "zstd"):
            archive.oci_layout(made.archive("docker"), made.layout(f"oci-{codec}"), codec)
        (made.directory / "facts.json").write_text(json.dumps(facts))
        subprocess.run(("rm", "-rf", str(image.directory)), check=True)
        made.directory.rename(image.directory)
