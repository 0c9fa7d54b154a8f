#!/usr/bin/env python3
"""Cuts the power of a disk, after commands that reported success and in the middle of others, and looks at what is left of them.

A journalled ext4 that commits by itself only every 1,000 seconds, and an xfs, both on loop devices. A round: commands chosen at random; a cut up to
two seconds after the last success, or at a random moment of one more command; unmounted and mounted again. Whatever was acknowledged must be
whole, to the last of the files; what was not is there whole or not at all; check finds nothing; and the next commands work."""
import atexit, io, os, random, subprocess, tarfile, time

from effects import is_moved, is_there, target, without_manifests
from storestate import check_content, check_lists, compare, objects
from toolbox import (
    LAYERCTL, Failed, Tally, _libc, compile_tools, enter_scratch, environment, in_parallel, must, need_root, need_tool, parse_arguments, run,
)

FILE_COUNT = 2500
FILE_SYSTEMS = {"ext4": (["mkfs.ext4", "-q", "-F"], "loop,commit=1000"), "xfs": (["mkfs.xfs", "-q", "-f"], "loop")}


def layer_bytes(seed, count):
    """A tar of many small files, other ones for each seed."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for number in range(count):
            member = tarfile.TarInfo(f"d{number % 50}/f{number}")
            text = f"{seed} {number}\n".encode() * (1 + number % 40)
            member.size, member.mtime = len(text), 1600000000
            archive.addfile(member, io.BytesIO(text))
    return buffer.getvalue()


class Disk:
    """A file system in a file, with a store in it."""

    def __init__(self, kind, scratch, godown):
        self.kind, self.godown, self.image, self.place = kind, godown, f"{scratch}/{kind}.img", f"{scratch}/{kind}"
        os.mkdir(self.place)
        self.format()
        atexit.register(_libc.umount2, self.place.encode(), 2)

    @property
    def root(self):
        return self.place + "/store"

    def format(self):
        _libc.umount2(self.place.encode(), 2)
        with open(self.image, "wb") as file:
            file.truncate(0)
            file.truncate(600 << 20)
        subprocess.run([*FILE_SYSTEMS[self.kind][0], self.image], check=True, capture_output=True)
        self.mount()

    def mount(self):
        subprocess.run(["mount", "-o", FILE_SYSTEMS[self.kind][1], self.image, self.place], check=True)

    def cut(self):
        subprocess.run([self.godown, self.place], check=True)

    def remount(self):
        """Takes the stopped file system away and lets the journal do its work."""
        for _ in range(100):
            if subprocess.run(["umount", self.place], capture_output=True).returncode == 0:
                break
            time.sleep(0.05)
        else:
            raise Failed("the stopped file system is still in use")
        self.mount()

    def room(self):
        status = os.statvfs(self.place)
        return min(status.f_bavail / status.f_blocks, status.f_favail / (status.f_files or 1))


class Round:
    """Commands on a disk, what they were to do, and the cut."""

    def __init__(self, disk, chooser, files, serial):
        self.disk, self.chooser, self.files, self.serial = disk, chooser, files, serial

    def command(self):
        """One command, chosen at random from those that make sense now."""
        choose, root, n = self.chooser, self.disk.root, next(self.serial)
        images = must(root, ["images", "--format", "{{.Repository}}:{{.Tag}}"]).split() if os.path.exists(root) else []
        images = [name for name in images if not name.startswith("volume-snapshot/") and "<none>" not in name]
        boxes = must(root, ["ps", "-a", "--format", "{{.Names}}"]).split() if os.path.exists(root) else []
        volumes = must(root, ["volume", "ls", "-q"]).split() if os.path.exists(root) else []
        tree = f"{self.files}/tree{choose.randrange(3)}.tar"
        chosen = [
            ["load", "-q", "-i", f"{self.files}/many{choose.randrange(3)}.tar"], ["import", tree, f"imported:{n}"],
            ["volume", "create", f"v{n}"], ["volume", "import", f"w{n}", tree],
        ]
        if images:
            image = choose.choice(images)
            chosen += [["tag", image, f"tagged:{n}"], ["create", "--name", f"box{n}", image], ["rmi", image], ["squash", image, "-t", f"squashed:{n}"]]
        if boxes:
            box = choose.choice(boxes)
            chosen += [["commit", box, f"made:{n}"], ["put", f"{self.files}/tree0.tar", f"{box}:/put{n}"], ["rm", box], ["commit", "--move", box, f"moved:{n}"]]
            chosen += [["put", f"{self.files}/tree1.tar", f"{box}:/d1/f1"]]
        if volumes:
            volume = choose.choice(volumes)
            chosen += [["volume", "snapshot", volume], ["volume", "clone", volume, f"c{n}"], ["volume", "rm", volume]]
        return choose.choice(chosen)

    def run(self, tally):
        """Acknowledged commands, then the cut.

        Gives what must be there, the command that the cut came into and whether it had reported success, and all commands."""
        root, done = self.disk.root, []
        for _ in range(self.chooser.randint(1, 4)):
            words = self.command()
            result = run(root, words, timeout=120)
            # A command that is refused, an image in use, is none that was acknowledged.
            if result.status not in (0, 4):
                raise Failed(f"{' '.join(words)}: status {result.status}: {result.errors.strip()}")
            done.append(" ".join(words[:2]))
            tally.note(f"acknowledged {words[0] if words[0] != 'volume' else ' '.join(words[:2])}" if result.status == 0 else "refused")
        before = objects(root)
        if self.chooser.random() < 0.5:
            time.sleep(self.chooser.uniform(0, 2))
            self.disk.cut()
            tally.note("cuts after a success")
            return before, [], False, done
        words = self.command()
        return before, words, self.cut_during(words, before, tally), done + ["cut: " + " ".join(words)]

    def cut_during(self, words, before, tally):
        """Cuts in a command; gives whether it had reported success."""
        root = self.disk.root
        process = subprocess.Popen([LAYERCTL, *words], env=environment(root), stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
        time.sleep(self.chooser.uniform(0, 0.6 if words[0] in ("load", "import", "squash", "commit") else 0.05))
        self.disk.cut()
        process.communicate(timeout=60)
        tally.note("cuts in a command" if process.returncode else "cuts after a success")
        return process.returncode == 0

    def check(self, before, words, is_acknowledged):
        """What was acknowledged is whole; of the command that was cut only a whole object is there, or none. Gives the number of files."""
        root = self.disk.root
        check_lists(root)
        check_content(root)
        now = objects(root)
        after = before
        if words:
            key, is_done = target(words), is_there(words, now)
            if is_acknowledged and not is_done:
                raise Failed(f"{' '.join(words)} was acknowledged, and is not done")
            if is_done and "snapshot" not in words:
                # Nothing but this object may differ, and what comes with an image; what a commit moves gets the image's times.
                after = {name: tree for name, tree in before.items() if name != key} | ({key: now[key]} if key in now else {})
                before, now, after = (without_manifests(state) for state in (before, now, after))
                if "--move" in words and is_moved(after.get(("container", words[2])), now.get(("container", words[2]))):
                    after["container", words[2]] = now["container", words[2]]
            else:
                again = run(root, words, timeout=120)
                # What is in use is refused, cut or not.
                if again.status not in (0, 4):
                    raise Failed(f"{' '.join(words)} again: status {again.status}: {again.errors.strip()}")
                after = objects(root)
        compare(now, before, after, False)
        return sum(len(tree) for tree in now.values()) + self.count_files(after)

    def count_files(self, now):
        """An image that was loaded has all of its files."""
        loaded = [name for kind, name in now if kind == "name" and name.startswith("many:")]
        if not loaded:
            return 0
        done = run(self.disk.root, ["export", self.chooser.choice(loaded)], timeout=60)
        if done.status != 0:
            raise Failed(f"export of {loaded}: status {done.status}: {done.errors.strip()}")
        with tarfile.open(fileobj=io.BytesIO(done.output)) as archive:
            count = sum(member.isreg() and member.size > 0 for member in archive)
        if count != FILE_COUNT:
            raise Failed(f"{loaded} has {count} of {FILE_COUNT} files")
        return count


def make_files(scratch):
    """Archives with images of 2,500 files, two layers each of which one is in all; and tars of as many files."""
    files = scratch + "/files"
    os.mkdir(files)
    for number in range(3):
        with open(f"{files}/tree{number}.tar", "wb") as file:
            file.write(layer_bytes(f"tree {number}", FILE_COUNT))
        with open(f"{files}/half.tar", "wb") as file:
            file.write(layer_bytes("shared", FILE_COUNT // 2))
        with open(f"{files}/own.tar", "wb") as file:
            file.write(layer_bytes(f"own {number}", FILE_COUNT))
        maker = scratch + "/maker"
        must(maker, ["import", files + "/half.tar", "half:1"])
        must(maker, ["append", "half:1", "--tar", files + "/own.tar", "-t", f"many:{number}", "-o", f"{files}/many{number}.tar"])
    return files


def main():
    arguments = parse_arguments(__doc__, rounds=(int, 120, "cuts on each file system"))
    need_root()
    need_tool("mkfs.ext4", "mkfs.xfs", "losetup")
    scratch = enter_scratch("4g")
    _, godown = compile_tools(scratch)
    files = make_files(scratch)
    tally = Tally("power cuts")
    kinds = [kind for kind in FILE_SYSTEMS if arguments.only in kind]
    in_parallel([lambda kind=kind: cut_often(kind, arguments, scratch, godown, files, tally) for kind in kinds], arguments.jobs)
    tally.finish()


def cut_often(kind, arguments, scratch, godown, files, tally):
    """All rounds on one file system."""
    disk, chooser, serial, count = Disk(kind, scratch, godown), random.Random(f"{arguments.seed} {kind}"), iter(range(1 << 30)), 0
    for number in range(arguments.rounds):
        turn, is_good = Round(disk, chooser, files, serial), False

        def attempt():
            nonlocal count, is_good
            before, words, is_acknowledged, done = turn.run(tally)
            disk.remount()
            try:
                count += turn.check(before, words, is_acknowledged)
            except Failed as failure:
                raise Failed(f"{failure} (after {', '.join(done)})") from failure
            is_good = True

        tally.attempt(f"{kind}, round {number}", attempt)
        if not is_good or disk.room() < 0.3 or number % 15 == 14:
            disk.format()
        if number % 20 == 19 or number == arguments.rounds - 1:
            print(f"{kind}: {number + 1} cuts, {count} files found whole", flush=True)
    _libc.umount2(disk.place.encode(), 2)


if __name__ == "__main__":
    main()
