#!/usr/bin/env python3
"""Exchanges a directory and a link out of the tree while commands work there: nothing outside may be opened, changed or shown.

In a container's upper directory, where it is mounted, in a checkout and in a volume `a` is a directory and `b` a link to a canary outside of all
of them, and another process exchanges the two without a pause. The canary is watched by inotify: one open of it, one change, is an escape; and its
text must not be in anything that a command wrote. Refusals are in order, what was a directory a moment ago is none now."""
import ctypes, os, select, shutil, struct, tarfile

import scenarios
from storestate import check_content, check_lists
from toolbox import Failed, Tally, _libc, enter_scratch, must, need_root, parse_arguments, remove_tree, run

SECRET = b"the canary's own text, which is nobody's"
SYS_RENAMEAT2, AT_FDCWD, RENAME_EXCHANGE = 316, -100, 2


class Swapper:
    """A process that exchanges `a` and `b` of a directory until it is stopped, and counts."""

    def __init__(self, directory):
        self.directory = directory
        ready, self.pipe = os.pipe()
        read, write = os.pipe()
        self.process = os.fork()
        if self.process == 0:
            os.close(self.pipe)
            self.swap(ready, write)
        os.close(ready)
        os.close(write)
        self.result = read

    def swap(self, ready, result):
        directory = os.open(self.directory, os.O_PATH | os.O_DIRECTORY)
        count, ended = 0, select.poll()
        ended.register(ready, select.POLLHUP | select.POLLIN)
        while not ended.poll(0):
            for _ in range(200):
                count += _libc.syscall(SYS_RENAMEAT2, directory, b"a", directory, b"b", RENAME_EXCHANGE) == 0
        os.write(result, struct.pack("q", count))
        os._exit(0)

    def stop(self):
        """Ends it; gives how often it has exchanged them."""
        os.close(self.pipe)
        (count,) = struct.unpack("q", os.read(self.result, 8))
        os.close(self.result)
        os.waitpid(self.process, 0)
        return count


class Canary:
    """A directory outside that nobody may look into."""

    def __init__(self, path):
        self.path = path
        os.makedirs(path + "/below")
        for name in ("secret", "below/secret"):
            with open(f"{path}/{name}", "wb") as file:
                file.write(SECRET)
        self.watch = _libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        # Everything but what the kernel reports of the watch itself. An open as a mere place (O_PATH) is none.
        for place in (path, path + "/secret", path + "/below", path + "/below/secret"):
            if _libc.inotify_add_watch(self.watch, place.encode(), 0xFFF) < 0:
                raise OSError(ctypes.get_errno(), "inotify_add_watch")

    def check(self):
        try:
            events = os.read(self.watch, 65536)
        except BlockingIOError:
            return
        _, mask, _, length = struct.unpack_from("iIII", events)
        raise Failed(f"the canary was touched: events {mask:#x} {events[16:16 + length].rstrip(bytes(1))}")


def prepare(directory, canary):
    """A directory `a` with files, and the link `b`."""
    os.makedirs(directory + "/a/below")
    for name in ("secret", "below/secret"):
        with open(f"{directory}/a/{name}", "wb") as file:
            file.write(b"inside")
    os.symlink(canary, directory + "/b")


def has_secret(path):
    """Whether the canary's text is in a file, or in one below a directory."""
    if os.path.islink(path) or not os.path.exists(path):
        return False
    if os.path.isdir(path):
        return any(has_secret(os.path.join(path, name)) for name in os.listdir(path))
    with open(path, "rb") as file:
        return SECRET in file.read()


class Race:
    """Commands in one tree while it is swapped."""

    def __init__(self, name, root, scratch, canary, tally):
        self.name, self.root, self.scratch, self.canary, self.tally = name, root, scratch, canary, tally
        self.swaps = 0

    def run(self, directory, commands, rounds):
        swapper = Swapper(directory)
        try:
            for number in range(rounds):
                for words in commands:
                    words = [word.replace("{n}", str(number)).replace("{out}", self.scratch + "/out") for word in words]
                    self.tally.attempt(f"{self.name}: {' '.join(words)}, round {number}", lambda: self.attempt(words))
        finally:
            self.swaps += swapper.stop()

    def attempt(self, words):
        out = self.scratch + "/out"
        done = run(self.root, words, timeout=60)
        if done.status == 124:
            raise Failed("it hangs")
        self.tally.note("commands that succeeded" if done.status == 0 else "commands that refused")
        if done.status < 0 or done.status > 127:
            raise Failed(f"status {done.status}: {done.errors}")
        self.canary.check()
        if SECRET in done.output or has_secret(out):
            raise Failed("the canary's text is in what it wrote")
        remove_tree(out)


def read_commands(box):
    return [
        ["cp", f"{box}:/work/a/secret", "{out}"], ["cp", f"{box}:/work/a", "{out}"], ["cp", "-L", f"{box}:/work/a/below", "{out}"],
        ["cp", f"{box}:/work/a/below/secret", "-"], ["cat", f"{box}:/work/a/secret"], ["ls", "-R", f"{box}:/work"],
        ["find", f"{box}:/work"], ["du", f"{box}:/work"], ["diff", box], ["export", box],
    ]


def write_commands(box, files):
    return [
        ["cp", files + "/file", f"{box}:/work/a/new"], ["cp", files + "/tree", f"{box}:/work/a/tree{{n}}"], ["put", files + "/file", f"{box}:/work/a/put"],
        ["put", files + "/file", f"{box}:/work/a/below/secret"], ["rm", f"{box}:/work/a/put"], ["rm", "-r", f"{box}:/work/a/tree{{n}}"],
    ]


def race_containers(root, files, scratch, canary, tally, rounds):
    """The upper directory itself, the same while it is mounted, and a checkout."""
    for driver in ("", "overlay", "copy"):
        box = "race" + driver
        must(root, ["create", "--name", box, scenarios.MINI])
        place = must(root, ["mount", "--driver", driver, box]).rstrip("\n") if driver else upper_of(root, box)
        os.makedirs(place + "/work", exist_ok=True)
        prepare(place + "/work", canary.path)
        race = Race(f"container{' by ' + driver if driver else ''}", root, scratch, canary, tally)
        race.run(place + "/work", read_commands(box) + write_commands(box, files) + [["commit", box, "raced:1"], ["commit", "--dry-run", box]], rounds)
        if driver:
            run(root, ["umount", "-l", box])
        tally.swaps += race.swaps


def upper_of(root, box):
    id = must(root, ["ps", "-a", "-q", "--no-trunc", "-f", f"name=^{box}$"]).strip()
    return f"{root}/containers/{id}/upper"


def race_volume(root, files, scratch, canary, tally, rounds):
    must(root, ["volume", "create", "raced"])
    place = root + "/volumes/raced/_data"
    prepare(place, canary.path)
    must(root, ["create", "--name", "user", "-v", "raced:/work", scenarios.MINI])
    race = Race("volume", root, scratch, canary, tally)
    commands = [
        ["volume", "export", "raced"], ["volume", "import", "raced", scratch + "/into.tar"], ["volume", "snapshot", "raced"],
        ["volume", "ls", "-s"], ["volume", "clone", "raced", "clone{n}"],
    ]
    race.run(place, commands + read_commands("user")[:7] + write_commands("user", files), rounds)
    tally.swaps += race.swaps
    # Those who remove must not follow either: a copy, as the volume itself is wanted.
    for number in range(rounds):
        must(root, ["volume", "create", f"gone{number}"])
        prepare(f"{root}/volumes/gone{number}/_data", canary.path)
        swapper = Swapper(f"{root}/volumes/gone{number}/_data")
        tally.attempt(f"volume rm, round {number}", lambda: race.attempt(["volume", "rm", f"gone{number}"]))
        tally.swaps += swapper.stop()
    for number in range(rounds):
        must(root, ["create", "--name", f"gone{number}", scenarios.MINI])
        place = upper_of(root, f"gone{number}")
        prepare(place, canary.path)
        swapper = Swapper(place)
        tally.attempt(f"rm, round {number}", lambda: race.attempt(["rm", f"gone{number}"]))
        tally.swaps += swapper.stop()


def race_runs(root, scratch, canary, tally, rounds):
    """A part of a volume as a mount, and mount points below what is swapped."""
    if not shutil.which("busybox") or not (shutil.which("crun") or shutil.which("runc")):
        print("runs: skipped, needs busybox and crun or runc", flush=True)
        return
    make_runnable(root, scratch)
    # A mixture of control groups is refused by crun; this is a mount namespace of our own.
    _libc.umount2(b"/sys/fs/cgroup/unified", 2)
    for runtime in filter(shutil.which, ("crun", "runc")):
        os.environ["LAYERCTL_RUNTIME"] = runtime
        race_runtime(root, scratch, canary, tally, rounds, runtime)


def race_runtime(root, scratch, canary, tally, rounds, runtime):
    race = Race(runtime, root, scratch, canary, tally)
    show = ["runnable:1", "/bin/sh", "-c", "cat /m/secret /m/below/secret; echo changed >/m/changed; ls /m"]
    race.run(
        root + "/volumes/raced/_data",
        [["run", "--rm", "--mount", "type=volume,source=raced,target=/m,volume-subpath=a", *show],
         ["run", "--rm", "--mount", "type=volume,source=raced,target=/m,volume-subpath=a/below", *show]],
        rounds,
    )
    points = "points-" + runtime
    must(root, ["create", "--name", points, "-v", f"{scratch}/bound:/work/a/point", "-v", "raced:/work/a/deep/er", "-w", "/work/a", "runnable:1", "/bin/true"])
    place = upper_of(root, points)
    os.makedirs(place + "/work", exist_ok=True)
    prepare(place + "/work", canary.path)
    race.run(place + "/work", [["start", "-a", points], ["cp", points + ":/work/a/point", "{out}"], ["mount", points], ["umount", points]], rounds)
    tally.swaps += race.swaps


def make_runnable(root, scratch):
    with tarfile.open(scratch + "/runnable.tar", "w") as archive:
        archive.add(os.path.realpath(shutil.which("busybox")), "bin/busybox")
        for name in ("sh", "cat", "ls", "true"):
            link = tarfile.TarInfo("bin/" + name)
            link.type, link.linkname = tarfile.SYMTYPE, "busybox"
            archive.addfile(link)
    os.mkdir(scratch + "/bound")
    must(root, ["import", scratch + "/runnable.tar", "runnable:1"])


def main():
    arguments = parse_arguments(__doc__, rounds=(int, 40, "how often each command is run"))
    need_root()
    scratch = enter_scratch()
    base, places = scenarios.make_store(scratch)
    canary, tally = Canary(scratch + "/canary"), Tally("swaps")
    tally.swaps = 0
    with tarfile.open(scratch + "/into.tar", "w") as archive:
        for name in ("a/new", "a/below/new", "a/tree/new"):
            archive.add(places["{files}"] + "/file", name)
    for race in (race_containers, race_volume):
        race(base, places["{files}"], scratch, canary, tally, arguments.rounds)
    race_runs(base, scratch, canary, tally, arguments.rounds)
    check_lists(base)
    check_content(base)
    canary.check()
    print(f"{tally.swaps} exchanges")
    if tally.swaps < 10_000:
        tally.failures.append(("swaps", "fewer than 10,000"))
    tally.finish()


if __name__ == "__main__":
    main()
