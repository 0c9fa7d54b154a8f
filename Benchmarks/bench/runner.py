"""Runs every work by every tool, round by round, and keeps each run."""
import json
import os
import signal
import statistics
import sys
from typing import NamedTuple

from bench import scratch
from bench.tools import Unable

STORED = {
    "inspect": lambda tool: tool.inspect(), "mount": lambda tool: tool.mount(), "diff-10": lambda tool: tool.diff(10),
    "diff-10000": lambda tool: tool.diff(10_000), "commit-10": lambda tool: tool.commit(10),
    "commit-10000": lambda tool: tool.commit(10_000), "save": lambda tool: tool.save(), "save-gzip": lambda tool: tool.save_gzip(), "checkout": lambda tool: tool.checkout(),
}
WORKS = ("load", "again", "history", *STORED, "startup")
# A start is a matter of milliseconds: so many make one run of it, whose medians count.
STARTS = 20


class Cell(NamedTuple):
    """A table of its own: what was done with which image in which form."""

    work: str
    image: str
    form: str


class Runner:
    """Measures; `results` has the good runs of a cell by tool, `refused` the reasons of the others."""

    def __init__(self, place, tools, rounds, sink):
        self.place, self.tools, self.rounds, self.sink = place, tools, rounds, sink
        self.versions, self.results, self.refused = {}, {}, {}

    def start(self):
        """Starts the tools; those that are not there are left out of the run, with the reason."""
        ready = []
        for tool in self.tools:
            try:
                tool.start()
                self.versions[tool.name] = tool.version()
                ready.append(tool)
            except (Unable, RuntimeError, OSError) as error:
                self.refused[None, tool.name] = str(error)
                print(f"{tool.name}: {error}", file=sys.stderr)
        self.tools = ready

    def stop(self):
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        for tool in self.tools:
            tool.stop()
        signal.signal(signal.SIGINT, before)

    def refuse(self, cell, tool, reason):
        if (cell, tool.name) not in self.refused:
            self.refused[cell, tool.name] = str(reason)
            if isinstance(reason, Unable):
                return
            print(f"{' '.join(part for part in cell if part)}: {tool.name}: {reason}", file=sys.stderr, flush=True)

    def measure(self, cell, number, tool, step):
        """One run; whether it was good."""
        scratch.sync(self.place.fs)
        sample = self.place.meter.measure(step.command, user=step.user, environment=step.environment, directory=step.directory,
                                          daemons=tool.daemons if step.asks_daemons else ())
        record = {**cell._asdict(), "round": number, "tool": tool.name, "kind": tool.kind, "version": self.versions[tool.name], **sample._asdict()}
        self.sink.write(json.dumps(record) + "\n")
        self.sink.flush()
        if sample.status:
            self.refuse(cell, tool, sample.errors)
            return False
        self.results.setdefault(cell, {}).setdefault(tool.name, []).append(sample)
        return True

    def turns(self, cell):
        """Each tool in each round; another one begins each time, and who was refused is not asked again."""
        for number in range(self.rounds):
            print(f"{' '.join(part for part in cell if part)}: round {number + 1}", file=sys.stderr, flush=True)
            at = number % max(len(self.tools), 1)
            for tool in self.tools[at:] + self.tools[:at]:
                if (cell, tool.name) not in self.refused:
                    yield number, tool

    def attempt(self, cell, number, tool, step_of):
        """One run of what a tool gives, and its clearing up; whether it was good."""
        try:
            step = step_of(tool)
            is_good = self.measure(cell, number, tool, step)
            if is_good and step.undo:
                step.undo()
            return is_good
        except (Unable, RuntimeError, OSError) as error:
            self.refuse(cell, tool, error)
            return False

    def empty(self, tool):
        try:
            tool.empty()
        except (RuntimeError, OSError) as error:
            # A store that cannot be emptied would make every later figure of this tool another one.
            self.tools.remove(tool)
            tool.stop()
            self.refused[None, tool.name] = f"cannot be emptied: {error}"
            print(f"{tool.name} cannot be emptied, and is left out from here: {error}", file=sys.stderr)

    def load(self, image, form, works):
        cell, second = Cell("load", image.name, form), Cell("again", image.name, form)
        image.warm(form)
        for number, tool in self.turns(cell):
            self.empty(tool)
            if tool not in self.tools:
                continue
            is_loaded = self.attempt(cell, number, tool, lambda tool: tool.load(image, form))
            if is_loaded and "again" in works and form == "docker" and (second, tool.name) not in self.refused:
                self.attempt(second, number, tool, lambda tool: tool.again(image, form))
            self.empty(tool)
        if "load" not in works:
            self.results.pop(cell, None)

    def history(self, image, form):
        cell = Cell("history", image.name, form)
        image.warm(form)
        for number, tool in self.turns(cell):
            self.attempt(cell, number, tool, lambda tool: tool.history(image, form))

    def stored(self, image, works):
        """What is done with an image in the store and with containers of it."""
        cells = [Cell(work, image.name, "") for work in works if work in STORED]
        if not cells:
            return
        image.warm("docker")
        for tool in list(self.tools):
            self.empty(tool)
            if tool not in self.tools:
                continue
            try:
                print(f"{image.name}: containers of {tool.name}", file=sys.stderr, flush=True)
                tool.prepare(image)
            except (Unable, RuntimeError, OSError) as error:
                for cell in cells:
                    self.refuse(cell, tool, error)
        for cell in cells:
            for number, tool in self.turns(cell):
                self.attempt(cell, number, tool, STORED[cell.work])
        for tool in list(self.tools):
            self.empty(tool)

    def startup(self):
        cell = Cell("startup", "", "")
        for number, tool in self.turns(cell):
            for _ in range(STARTS):
                if not self.attempt(cell, number, tool, lambda tool: tool.startup()):
                    break


def medians(samples):
    """Middle, lowest and highest time, CPU seconds and memory of good runs."""
    walls = [sample.wall for sample in samples]
    return (statistics.median(walls), min(walls), max(walls), statistics.median(sample.cpu + sample.daemon_cpu for sample in samples),
            statistics.median(sample.peak + sample.daemon_peak for sample in samples))


def out_directory(path):
    os.makedirs(path, exist_ok=True)
    return path
