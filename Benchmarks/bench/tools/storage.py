"""The command line of the containers/storage library: layers without an image around them."""
import shlex

from bench import scratch
from bench.tools.base import COUNTS, Step, Tool, change


class ContainersStorage(Tool):
    name, program = "containers-storage", "containers-storage"
    note = "layers alone, one command each, no image"

    def __init__(self, place):
        super().__init__(place)
        self.words = ("containers-storage", "--graph", place.fs / "storage", "--run", place.fs / "storage-run", "--storage-driver", "overlay")
        self.boxes = {}

    def version(self):
        # It tells none, and would open the store of the host to do so.
        return scratch.run("dpkg-query", "-W", "-f", "${Version}", self.program).split("+")[0] if scratch.program("dpkg-query") else ""

    def empty(self):
        scratch.remove(self.place.fs / "storage")
        scratch.remove(self.place.fs / "storage-run")

    def script(self, image, form):
        """A layer each after the one below it, the way it is done by hand."""
        words = " ".join(shlex.quote(str(word)) for word in self.words)
        lines = ["set -o pipefail", "parent="]
        for span in image.layers(form):
            file = shlex.quote(str(span.file))
            source = f"tar -xOf {file} {shlex.quote(span.member)} |" if span.codec == "plain" else f"<{file}"
            lines.append(f"parent=$({source} {words} import-layer $parent | head -n 1)")
        return "\n".join([*lines, 'echo "$parent"'])

    def load(self, image, form):
        return Step(("bash", "-euc", self.script(image, form)))

    def again(self, image, form):
        self.refuse("gives the same layer another name")

    def prepare(self, image):
        top = scratch.run("bash", "-euc", self.script(image, "docker")).strip()
        for count in (*COUNTS, 0):
            self.boxes[count] = self.do("create-layer", top).split()[0]
            if count:
                change(self.do("mount", self.boxes[count]).split()[-1], count)
                self.do("unmount", self.boxes[count])

    def mount(self):
        return self.step("mount", self.boxes[0], undo=lambda: self.do("unmount", self.boxes[0]))

    def diff(self, count):
        return self.step("changes", self.boxes[count])

    def startup(self):
        return Step((self.program, "--help"), asks_daemons=False)
