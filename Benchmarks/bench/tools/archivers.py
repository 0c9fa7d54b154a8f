"""Who only unpacks: GNU tar, bsdtar, and the floor; and `cp -a`, which a checkout is compared with."""
import os
import shlex

from bench import scratch
from bench.tools.base import Step, Tool, Unable
from bench.tools.layerctl import Layerctl


class Archiver(Tool):
    """Unpacks each layer into a directory of its own, one after the other; hashes nothing and keeps nothing."""

    kind, unpack, note = "unpacker", {}, "hashes nothing and keeps no store"

    def __init__(self, place):
        super().__init__(place)
        self.target = place.fs / "unpacked"

    def empty(self):
        scratch.remove(self.target)

    def load(self, image, form):
        commands = []
        for number, span in enumerate(image.layers(form)):
            place, file = shlex.quote(f"{self.target}/{number}"), shlex.quote(str(span.file))
            commands.append(f"mkdir -p {place}")
            if span.codec == "plain":
                commands.append(f"{self.program} -xOf {file} {shlex.quote(span.member)} | {self.program} -x -f - -C {place}")
            else:
                commands.append(f"{self.program} {self.unpack[span.codec]} -xf {file} -C {place}")
        return Step(("bash", "-euc", "\n".join(["set -o pipefail", *commands])))

    def again(self, image, form):
        self.refuse("has no store")

    def history(self, image, form):
        self.refuse("knows no images")

    def prepare(self, image):
        self.refuse("knows no images")

    def startup(self):
        self.refuse("")


class GnuTar(Archiver):
    name, program, unpack = "GNU tar", "tar", {"gzip": "-z", "zstd": "--zstd"}


class BsdTar(Archiver):
    name, program, unpack = "bsdtar", "bsdtar", {"gzip": "", "zstd": ""}


class Copy(Tool):
    """A copy of a checkout by the same user, whom its files belong to."""

    kind, name, program = "peer", "cp -a", "cp"
    note = "copies what layerctl has checked out"

    def prepare(self, image):
        """A checkout of somebody's own is what `cp -a` copies."""
        self.source = Layerctl(self.place, "none")
        self.source.user_root = self.place.fs / "copied"
        self.source.user_environment["LAYERCTL_ROOT"] = str(self.source.user_root / "store")
        self.source.reference, self.source.archive = image.reference, image.archive("docker")

    def checkout(self):
        source = self.source
        if not source.has_checkout:
            source.checkout()
            self.tree = source.as_user("mount", "--driver", "copy", "box")
        target = source.user_root / "copy"
        return Step(("cp", "-a", self.tree, target), lambda: scratch.remove(target), self.place.user, None, "/")

    def empty(self):
        scratch.remove(self.place.fs / "copied")

    def startup(self):
        self.refuse("")


class Floor(Tool):
    """Untar and SHA-256 by two workers, in C (floor/floor.c): what a loader must do at least."""

    kind = "floor"

    def __init__(self, place, waits):
        super().__init__(place)
        self.name = "floor, syncfs" if waits else "floor"
        self.waits = waits
        self.program = str(place.work / "floor")
        self.target = place.fs / "floor"

    def start(self):
        if os.path.exists(self.program):
            return
        sources = sorted((scratch.HERE.parent / "floor").glob("*.c"))
        try:
            try:
                scratch.compiled(sources[0], self.program, "-DWITH_ISAL", *sources[1:], "-lcrypto", "-lzstd", "-lisal", "-lpthread")
            except RuntimeError:
                scratch.compiled(sources[0], self.program, *sources[1:], "-lcrypto", "-lzstd", "-lz", "-lpthread")
        except RuntimeError as error:
            raise Unable(f"cannot be compiled: {error}") from error

    def version(self):
        return ""

    def empty(self):
        scratch.remove(self.target)

    def load(self, image, form):
        listing = self.place.work / f"{image.name}.{form}.layers"
        listing.write_text("".join(f"{span.codec} {span.offset} {span.size} {span.file}\n" for span in image.layers(form)))
        return Step((self.program, *(("-s",) if self.waits else ()), self.target, listing))

    def again(self, image, form):
        self.refuse("has no store")

    def startup(self):
        self.refuse("")
