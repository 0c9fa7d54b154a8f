"""What every tool is to the benchmark: it is started, emptied, made ready with containers of an image, and gives the steps of each work."""
import os
import re
from typing import Any, Callable, NamedTuple, Optional

from bench import scratch
from bench.changes import COUNTS, change


class Unable(Exception):
    """A tool cannot do a work; says why, or nothing where it does so under another name."""


class Place(NamedTuple):
    """Where a run happens."""

    fs: Any       # a directory of the measured file system
    work: Any     # a directory beside it, for sockets, logs and programs
    meter: Any
    user: str     # "UID:GID" of who has no privilege
    forms: Any    # what FORMS names


class Step(NamedTuple):
    """One command that is measured, and what puts everything back, outside the clock."""

    command: tuple
    undo: Optional[Callable] = None
    user: Optional[str] = None
    environment: Optional[dict] = None
    directory: Any = None
    #: Whether the tool's daemons have a part in it.
    asks_daemons: bool = True


class Tool:
    """A tool; each work that it does not do says why."""

    name = ""
    #: Which kind it is in tables: "ours", "peer", "unpacker" for who does only a part of the work, or "floor".
    kind = "peer"
    program = ""
    #: What a reader of its figures must know.
    note = ""
    #: What asks for its version.
    version_words = ("--version",)
    #: Whether what it made is on the disk when it ends.
    waits = False
    environment: dict = {}

    def __init__(self, place):
        self.place = place
        self.words = (self.program,)
        self.daemons = []

    # What it is.

    def start(self):
        """Makes it ready to be asked; raises `Unable` where it is not there."""
        if not scratch.program(self.program):
            raise Unable("is not installed")

    def version(self):
        said = scratch.run(self.program, *self.version_words)
        found = re.search(r"\d+(\.\d+)+", said)
        return found.group(0) if found else said.strip()[:40]

    def stop(self):
        for daemon in self.daemons:
            daemon.stop()
        self.daemons = []

    def do(self, *words, **more):
        """Runs the tool outside the clock."""
        return scratch.run(*self.words, *words, env={**os.environ, **self.environment}, **more).strip()

    def step(self, *words, **more):
        return Step((*self.words, *words), environment=self.environment, **more)

    def refuse(self, why="has no such work"):
        raise Unable(why)

    # What it does.

    def empty(self):
        """Makes its store as new."""

    def load(self, image, form):
        self.refuse()

    def again(self, image, form):
        """The same load once more; by default that is the same command."""
        return self.load(image, form)

    def history(self, image, form):
        self.refuse("reads no archive without loading it")

    def prepare(self, image):
        """Loads an image and makes three containers of it: one as it is, two with changes."""
        self.refuse("has no containers")

    def inspect(self):
        self.refuse()

    def mount(self):
        self.refuse()

    def diff(self, count):
        self.refuse("lists no changes")

    def commit(self, count):
        self.refuse()

    def save(self):
        self.refuse()

    def save_gzip(self):
        self.refuse()

    def checkout(self):
        self.refuse()

    def startup(self):
        return self.step(*self.version_words, asks_daemons=False)


__all__ = ["COUNTS", "Place", "Step", "Tool", "Unable", "change"]
