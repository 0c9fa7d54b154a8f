"""The program under test, once with and once without waiting for the disk."""
import os

from bench import scratch
from bench.tools.base import COUNTS, Step, Tool, change


class Layerctl(Tool):
    kind = "ours"
    program = scratch.LAYERCTL

    def __init__(self, place, durability):
        super().__init__(place)
        self.name = f"layerctl, {durability}"
        self.waits = durability == "full"
        self.root = place.fs / f"layerctl-{durability}"
        self.user_root = place.fs / f"layerctl-{durability}-user"
        self.environment = {"LAYERCTL_ROOT": str(self.root), "LAYERCTL_DURABILITY": durability}
        self.user_environment = {**self.environment, "LAYERCTL_ROOT": str(self.user_root / "store"), "HOME": str(self.user_root)}
        self.reference = self.archive = None
        self.has_checkout = False

    def start(self):
        self.do("--version")

    def empty(self):
        scratch.remove(self.root)
        scratch.remove(self.user_root)
        self.has_checkout = False

    def load(self, image, form):
        return self.step("load", "-q", "-i", image.archive(form))

    def history(self, image, form):
        return self.step("history", image.archive(form))

    def prepare(self, image):
        self.reference, self.archive = image.reference, image.archive("docker")
        self.do("load", "-q", "-i", self.archive)
        for count in (*COUNTS, 0):
            self.do("create", "--name", f"box-{count}", self.reference)
            if count:
                change(self.do("mount", f"box-{count}"), count)
                self.do("umount", f"box-{count}")

    def inspect(self):
        return self.step("inspect", self.reference)

    def mount(self):
        return self.step("mount", "box-0", undo=lambda: self.do("umount", "box-0"))

    def diff(self, count):
        return self.step("diff", f"box-{count}")

    def commit(self, count):
        return self.step("commit", f"box-{count}", "made:1", undo=lambda: self.do("rmi", "made:1"))

    def save(self):
        target = self.place.fs / "saved.tar"
        return self.step("save", "-o", target, self.reference, undo=lambda: os.unlink(target))

    def save_gzip(self):
        target = self.place.fs / "saved.tar"
        return self.step("save", "--format", "oci-archive", "--compress", "gzip", "-o", target, self.reference, undo=lambda: os.unlink(target))

    def as_user(self, *words):
        """Runs it as somebody without privileges; gives what it prints."""
        user, group = map(int, self.place.user.split(":"))
        return scratch.run(self.program, *words, env={**os.environ, **self.user_environment}, user=user, group=group, extra_groups=(),
                           cwd="/").strip()

    def checkout(self):
        if not self.has_checkout:
            user, group = map(int, self.place.user.split(":"))
            self.user_root.mkdir()
            os.chown(self.user_root, user, group)
            self.as_user("load", "-q", "-i", self.archive)
            self.as_user("create", "--name", "box", self.reference)
            self.has_checkout = True

        def again():
            self.as_user("rm", "-f", "box")
            self.as_user("create", "--name", "box", self.reference)

        return Step((self.program, "mount", "--driver", "copy", "box"), again, self.place.user, self.user_environment, "/")
