"""Who only unpacks: GNU tar, bsdtar, and the floor; and `cp -a`, which a checkout is compared with."""
import os
import shlex

from bench import scratch
from bench.tools.base import COUNTS, Step, Tool, Unable, change
from bench.tools.layerctl import Layerctl


FLOOR_NOTE = ("for a load untar and SHA-256, for a history the tar's headers, for load again and diff the status of every name, for a commit "
              "cp -a of what was written, for a mount mount(8), for the start-up true(1)")


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
    """What must be done at least, in C by two workers (floor/floor.c) or by the plainest tool there is."""

    kind = "floor"

    def __init__(self, place, waits):
        super().__init__(place)
        self.name = "floor, syncfs" if waits else "floor"
        self.waits = waits
        self.note = "" if waits else FLOOR_NOTE
        self.program = str(place.work / "floor")
        self.target = place.fs / ("floor-synced" if waits else "floor")

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

    def listing(self, image, form):
        """The file that tells the program where the layers are."""
        listing = self.place.work / f"{image.name}.{form}.layers"
        listing.write_text("".join(f"{span.codec} {span.offset} {span.size} {span.file}\n" for span in image.layers(form)))
        return listing

    def load(self, image, form):
        return Step((self.program, *(("-s",) if self.waits else ()), self.target, self.listing(image, form)))

    def once(self):
        """Where nothing is written, waiting for the disk is no other work."""
        if self.waits:
            self.refuse("")

    def again(self, image, form):
        self.once()
        return Step((self.program, "names", self.target))

    def history(self, image, form):
        self.once()
        if any(span.codec != "plain" for span in image.layers(form)):
            self.refuse("")
        return Step((self.program, "headers", self.listing(image, form)))

    def prepare(self, image):
        self.once()
        scratch.run(*self.load(image, "docker").command)
        self.lowers = ":".join(f"{self.target}/{number}" for number in reversed(range(len(image.layers("docker")))))
        for count in (*COUNTS, 0):
            for part in ("upper", "work", "merged"):
                os.makedirs(self.box(count) / part)
            if count:
                scratch.run(*self.mounting(count))
                change(self.box(count) / "merged", count)
                scratch.run("umount", self.box(count) / "merged")

    def box(self, count):
        return self.target / f"box-{count}"

    def mounting(self, count):
        box = self.box(count)
        return ("mount", "-t", "overlay", "-o", f"lowerdir={self.lowers},upperdir={box}/upper,workdir={box}/work", "overlay", box / "merged")

    def mount(self):
        return Step(self.mounting(0), lambda: scratch.run("umount", self.box(0) / "merged"))

    def diff(self, count):
        return Step((self.program, "names", self.box(count) / "upper"))

    def commit(self, count):
        target = self.target / "copied"
        return Step(("cp", "-a", self.box(count) / "upper", target), lambda: scratch.remove(target))

    def startup(self):
        self.once()
        return Step(("true",))
