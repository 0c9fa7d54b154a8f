"""buildah with a store of its own on the measured file system."""
import os

from bench import scratch
from bench.tools.base import COUNTS, Tool, change

TRANSPORTS = {"docker": "docker-archive", "oci-gzip": "oci-archive", "oci-zstd": "oci-archive"}


class Buildah(Tool):
    name, program = "buildah", "buildah"

    def __init__(self, place):
        super().__init__(place)
        self.words = ("buildah", "--root", place.fs / "buildah", "--runroot", place.fs / "buildah-run", "--storage-driver", "overlay")
        self.boxes, self.loaded = {}, ""

    def empty(self):
        scratch.remove(self.place.fs / "buildah")
        scratch.remove(self.place.fs / "buildah-run")

    def load(self, image, form):
        return self.step("pull", "-q", f"{TRANSPORTS[form]}:{image.archive(form)}")

    def prepare(self, image):
        self.loaded = self.do("pull", "-q", f"docker-archive:{image.archive('docker')}").split()[-1]
        for count in (*COUNTS, 0):
            self.boxes[count] = self.do("from", "--pull-never", self.loaded)
            if count:
                change(self.do("mount", self.boxes[count]), count)
                self.do("umount", self.boxes[count])

    def inspect(self):
        return self.step("inspect", "--type", "image", self.loaded)

    def mount(self):
        return self.step("mount", self.boxes[0], undo=lambda: self.do("umount", self.boxes[0]))

    def commit(self, count):
        return self.step("commit", "-q", "--disable-compression", self.boxes[count], "made:1", undo=lambda: self.do("rmi", "made:1"))

    def save(self):
        target = self.place.fs / "saved.tar"
        return self.step("push", "-q", self.loaded, f"docker-archive:{target}", undo=lambda: os.unlink(target))
