"""containerd with a daemon of its own, asked by ctr."""
import os

from bench import scratch
from bench.meter import Daemon
from bench.tools.base import COUNTS, Tool, Unable, change

CONFIG = """version = 2
root = "{fs}/containerd"
state = "{work}/containerd-state"
disabled_plugins = ["io.containerd.grpc.v1.cri", "io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.zfs",
    "io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.devmapper", "io.containerd.tracing.processor.v1.otlp",
    "io.containerd.internal.v1.opt"]
[grpc]
address = "{work}/containerd.sock"
"""


class Containerd(Tool):
    name, program = "containerd", "ctr"
    note = "mount is what ctr prints, done by mount; commit makes the compressed layer and no image"

    def __init__(self, place):
        super().__init__(place)
        self.socket = place.work / "containerd.sock"
        self.words = ("ctr", "--address", self.socket, "--namespace", "bench")
        self.reference = self.chain = ""

    def start(self):
        super().start()
        daemon = scratch.program("containerd")
        if not daemon:
            raise Unable("containerd is not installed")
        config = self.place.work / "containerd.toml"
        config.write_text(CONFIG.format(fs=self.place.fs, work=self.place.work))

        def is_ready():
            try:
                return bool(self.do("version"))
            except RuntimeError:
                return False

        try:
            self.daemons = [Daemon([daemon, "--config", str(config)], self.place.work / "containerd.log", is_ready)]
        except RuntimeError as error:
            raise Unable(str(error)) from error

    def empty(self):
        if not self.daemons:
            return
        # What was prepared stands on what was committed: the newest go first.
        for _ in range(3):
            for line in self.do("snapshots", "ls").splitlines()[1:]:
                if line.split()[-1] == "Active":
                    self.do("snapshots", "rm", line.split()[0])
        for name in self.do("images", "ls", "-q").split():
            self.do("images", "rm", "--sync", name)
        for name in self.do("content", "ls", "-q").split():
            self.do("content", "rm", name)

    def load(self, image, form):
        name = () if form == "docker" else ("--base-name", image.reference.rsplit(":", 1)[0])
        return self.step("images", "import", *name, image.archive(form))

    def prepare(self, image):
        self.do("images", "import", image.archive("docker"))
        self.reference, self.chain = image.reference, image.chain()
        place = self.place.work / "containerd-box"
        place.mkdir(exist_ok=True)
        for count in (*COUNTS, 0):
            self.do("snapshots", "prepare", f"box-{count}", self.chain)
            if count:
                scratch.run("sh", "-ec", self.do("snapshots", "mounts", place, f"box-{count}"))
                change(place, count)
                scratch.run("umount", place)

    def inspect(self):
        self.refuse("tells a name, size and digest, no config")

    def mount(self):
        # What ctr prints is the mount that it leaves to others: both are measured.
        place = self.place.work / "containerd-box"
        words = " ".join(str(word) for word in self.words)
        return self.step_of(f'eval "$({words} snapshots mounts {place} box-0)"', lambda: scratch.run("umount", place))

    def step_of(self, script, undo):
        step = self.step()
        return step._replace(command=("sh", "-ec", script), undo=undo)

    def commit(self, count):
        # It makes the layer, compressed with gzip as it always is there, and no image.
        def undo():
            for name in self.do("content", "ls", "-q").split():
                if name not in before:
                    self.do("content", "rm", name)

        before = set(self.do("content", "ls", "-q").split())
        return self.step("snapshots", "diff", "--keep", f"box-{count}", undo=undo)

    def save(self):
        target = self.place.fs / "saved.tar"
        return self.step("images", "export", target, self.reference, undo=lambda: os.unlink(target))
