"""Docker with a daemon of its own, its data on the measured file system."""
import json
import os

from bench import scratch
from bench.meter import Daemon
from bench.tools.base import COUNTS, Tool, Unable, change


class Docker(Tool):
    name, program = "docker", "docker"

    def __init__(self, place):
        super().__init__(place)
        self.socket = f"unix://{place.work}/docker.sock"
        self.words = ("docker", "-H", self.socket)
        self.boxes, self.loaded = {}, ""

    def start(self):
        super().start()
        daemon = scratch.program("dockerd")
        if not daemon:
            raise Unable("dockerd is not installed")
        work = self.place.work
        command = (daemon, "--data-root", self.place.fs / "docker", "--exec-root", work / "docker-exec", "--pidfile", work / "docker.pid",
                   "-H", self.socket, "--iptables=false", "--ip-masq=false", "--bridge=none", "--storage-driver=overlay2")

        def is_ready():
            try:
                return bool(self.do("version", "--format", "{{.Server.Version}}"))
            except RuntimeError:
                return False

        try:
            self.daemons = [Daemon([str(word) for word in command], work / "dockerd.log", is_ready)]
        except RuntimeError as error:
            raise Unable(str(error)) from error

    def version(self):
        return self.do("version", "--format", "{{.Server.Version}}")

    def empty(self):
        if not self.daemons:
            return
        for listed, removed in ((("ps", "-aq"), ("rm", "-f")), (("images", "-aq"), ("rmi", "-f"))):
            names = sorted(set(self.do(*listed).split()))
            if names:
                self.do(*removed, *names)

    def load(self, image, form):
        return self.step("load", "-q", "-i", image.archive(form))

    def prepare(self, image):
        self.do("load", "-q", "-i", image.archive("docker"))
        self.loaded = image.reference
        for count in COUNTS:
            self.boxes[count] = self.do("create", "--network", "none", image.reference)
            # A container that does not run is not mounted: its directories are, by hand.
            data = json.loads(self.do("inspect", self.boxes[count]))[0]["GraphDriver"]["Data"]
            options = f"lowerdir={data['LowerDir']},upperdir={data['UpperDir']},workdir={data['WorkDir']}"
            place = self.place.work / "docker-box"
            place.mkdir(exist_ok=True)
            scratch.run("mount", "-t", "overlay", "overlay", "-o", options, place)
            change(place, count)
            scratch.run("umount", place)

    def inspect(self):
        return self.step("inspect", self.loaded)

    def mount(self):
        self.refuse("mounts only what runs")

    def diff(self, count):
        return self.step("diff", self.boxes[count])

    def commit(self, count):
        return self.step("commit", self.boxes[count], "made:1", undo=lambda: self.do("rmi", "made:1"))

    def save(self):
        target = self.place.fs / "saved.tar"
        return self.step("save", "-o", target, self.loaded, undo=lambda: os.unlink(target))
