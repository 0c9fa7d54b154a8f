"""podman with a store on the measured file system; without systemd, control groups and a network, which nothing here needs."""
import os

from bench import scratch
from bench.tools.base import COUNTS, Tool, change


class Podman(Tool):
    name, program = "podman", "podman"
    driver = "overlay"

    def __init__(self, place):
        super().__init__(place)
        self.root = place.fs / f"podman-{self.driver}"
        self.words = ("podman", "--root", self.root, "--runroot", f"{self.root}-run", "--storage-driver", self.driver, "--events-backend", "none",
                      "--cgroup-manager", "cgroupfs")
        self.boxes, self.loaded = {}, ""

    def empty(self):
        scratch.remove(self.root)
        scratch.remove(f"{self.root}-run")

    def load(self, image, form):
        return self.step("load", "-q", "-i", image.archive(form))

    def prepare(self, image):
        self.do("load", "-q", "-i", image.archive("docker"))
        self.loaded = image.reference
        for count in (*COUNTS, 0):
            self.boxes[count] = self.do("create", "--network", "none", self.loaded)
            if count:
                change(self.do("mount", self.boxes[count]), count)
                self.do("umount", self.boxes[count])

    def inspect(self):
        return self.step("image", "inspect", self.loaded)

    def mount(self):
        return self.step("mount", self.boxes[0], undo=lambda: self.do("umount", self.boxes[0]))

    def diff(self, count):
        return self.step("diff", self.boxes[count])

    def commit(self, count):
        return self.step("commit", "-q", self.boxes[count], "made:1", undo=lambda: self.do("rmi", "made:1"))

    def save(self):
        target = self.place.fs / "saved.tar"
        return self.step("save", "-q", "-o", target, self.loaded, undo=lambda: os.unlink(target))

    def save_gzip(self):
        target = self.place.fs / "saved.tar"
        return self.step("save", "-q", "--format", "oci-archive", "-o", target, self.loaded, undo=lambda: os.unlink(target))

    def checkout(self):
        self.refuse("")


class PodmanVfs(Podman):
    """A container of the vfs driver is a copy of its image: a checkout, made by root, whom it asks less of than others."""

    name, driver, note = "podman, vfs", "vfs", "a container of the vfs driver is a copy of its image; made by root"

    def prepare(self, image):
        self.do("load", "-q", "-i", image.archive("docker"))
        self.loaded = image.reference

    def load(self, image, form):
        self.refuse("")

    history = load

    inspect = mount = save = startup = lambda self: self.refuse("")
    diff = commit = lambda self, count: self.refuse("")

    def checkout(self):
        return self.step("create", "--network", "none", "--name", "copy", self.loaded, undo=lambda: self.do("rm", "copy"))
