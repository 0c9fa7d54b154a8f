"""umoci, which unpacks OCI layouts: `raw unpack` into a tree, `unpack` into a bundle with the list of files that `repack` needs."""
from bench import scratch
from bench.tools.base import COUNTS, Tool, change


class UmociRaw(Tool):
    name, program, verb = "umoci raw", "umoci", ("raw", "unpack")
    note = "unpacks all layers into one tree, and has no store"

    def __init__(self, place):
        super().__init__(place)
        self.root = place.fs / self.name.replace(" ", "-")

    def empty(self):
        scratch.remove(self.root)

    def load(self, image, form):
        if form == "docker":
            self.refuse("reads OCI layouts only")
        self.root.mkdir(exist_ok=True)
        return self.step(*self.verb, "--image", f"{image.layout(form)}:latest", self.root / "tree")

    def history(self, image, form):
        if self.name != "umoci":
            self.refuse("")
        if form == "docker":
            self.refuse("reads OCI layouts only")
        return self.step("stat", "--image", f"{image.layout(form)}:latest")

    def prepare(self, image):
        self.refuse("")

    def again(self, image, form):
        self.refuse("has no store")

    def startup(self):
        return super().startup() if self.name == "umoci" else self.refuse("")


class Umoci(UmociRaw):
    name, verb = "umoci", ("unpack",)
    note = ("load is `unpack`, with the list of files that commit (`repack`) compares the whole tree with, and compresses; "
            "history is `stat`, with the sizes of blobs")

    def prepare(self, image):
        self.root.mkdir(exist_ok=True)
        self.layout = self.root / "layout"
        scratch.run("cp", "-r", image.layout("oci-gzip"), self.layout)
        for count in COUNTS:
            self.do("unpack", "--image", f"{self.layout}:latest", self.root / f"box-{count}")
            change(self.root / f"box-{count}/rootfs", count)

    def commit(self, count):
        """Compares the whole tree with its list, and compresses the layer with gzip, as it always does."""

        def undo():
            self.do("rm", "--image", f"{self.layout}:made")
            self.do("gc", "--layout", self.layout)

        return self.step("repack", "--image", f"{self.layout}:made", self.root / f"box-{count}", undo=undo)
