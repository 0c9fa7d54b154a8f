"""skopeo into and out of containers-storage."""
import os

from bench import scratch
from bench.tools.base import Tool


class Skopeo(Tool):
    name, program, note = "skopeo", "skopeo", "history is that of the config, without sizes"

    def __init__(self, place):
        super().__init__(place)
        self.words = ("skopeo", "--insecure-policy")

    def storage(self, image):
        return f"containers-storage:[overlay@{self.place.fs}/skopeo+{self.place.fs}/skopeo-run]{image.reference}"

    @staticmethod
    def source(image, form):
        return f"docker-archive:{image.archive(form)}" if form == "docker" else f"oci:{image.layout(form)}:latest"

    def empty(self):
        scratch.remove(self.place.fs / "skopeo")
        scratch.remove(self.place.fs / "skopeo-run")

    def load(self, image, form):
        return self.step("copy", "-q", self.source(image, form), self.storage(image))

    def history(self, image, form):
        # The config as it is: no sizes.
        return self.step("inspect", "--config", self.source(image, form))

    def prepare(self, image):
        self.image = image
        self.do("copy", "-q", self.source(image, "docker"), self.storage(image))

    def inspect(self):
        return self.step("inspect", "--config", self.storage(self.image))

    def save(self):
        target = self.place.fs / "saved.tar"
        return self.step("copy", "-q", self.storage(self.image), f"docker-archive:{target}:{self.image.reference}",
                         undo=lambda: os.unlink(target))

    def save_gzip(self):
        target = self.place.fs / "saved.tar"
        return self.step("copy", "-q", self.storage(self.image), f"oci-archive:{target}:saved", undo=lambda: os.unlink(target))
