#!/usr/bin/env python3
"""Lets system calls of commands fail, one or all from one on, and lets reads and writes move less than they were asked to.

A command must end in time; say, when it did not succeed, on what it failed and why; leave every object as it was or as it was to be, and nothing
else once it is cleaned up; and work the next time. EINTR and short transfers are no failures. Full disks, full inode tables and few descriptors
are tried as well."""
import ctypes, os, resource, subprocess

import scenarios
from interruption import Interruption
from storestate import check_lists, compare, disk, objects
from toolbox import Failed, Tally, _libc, compile_tools, copy_tree, enter_scratch, in_parallel, must, parse_arguments, remove_tree, run, sample

# What fails, in which calls, and whether all later ones fail too.
FAULTS = [
    ("ENOSPC", "change", "once"), ("ENOSPC", "change", "on"), ("EDQUOT", "change", "on"), ("EROFS", "change", "once"),
    ("EROFS", "change", "on"), ("EIO", "change,open,read,look", "once"), ("EIO", "change,open,read,look", "on"),
    ("EMFILE", "open", "once"), ("EMFILE", "open", "on"), ("EINTR", "change,open,read,lock", "once"),
    ("1 byte", "change,read", "once"), ("100 bytes", "change,read", "on"),
]
WORDS = {
    "ENOSPC": "No space left on device", "EDQUOT": "Disk quota exceeded", "EROFS": "Read-only file system", "EIO": "Input/output error",
    "EMFILE": "Too many open files",
}
# Commands that change nothing: what they print must be all there is, or they must say that it is not.
READING = [
    ["images", "--format", "{{.Repository}} {{.Tag}} {{.ID}}"], ["ps", "-a", "--format", "{{.ID}} {{.Names}} {{.Image}}"], ["volume", "ls"],
    ["layers"], ["inspect", scenarios.MORE], ["history", scenarios.MORE], ["diff", "box"],
    ["export", "box"], ["save", scenarios.MORE], ["cp", "box:/etc", "-"], ["cat", "box:/etc/written"], ["ls", "box:/etc"],
    ["volume", "export", "data"], ["verify", "--all"], ["check", "--data"],
]


def fault_options(fault, number):
    what, _, how = fault
    options = ["-b", what.split()[0]] if what[0].isdigit() else ["-e", what]
    return options + ["-n", str(number)] + (["-s"] if how == "on" else [])


def check_message(done, error):
    """One that reads it must know what to do: the reason in the kernel's words, and what it is about."""
    if done.status == 124:
        raise Failed("it hangs")
    if done.status < 0 or done.status > 6:
        raise Failed(f"status {done.status}: {done.errors.strip()}")
    # What is found damaged is a result, and told as one; too few descriptors are no damage.
    text = done.errors + (done.output.decode(errors="replace") if done.status == 5 and error != "EMFILE" else "")
    if WORDS[error] not in text:
        raise Failed(f"status {done.status}, and the error names no {error}: {text.strip()!r}")
    if "/" not in text and '"' not in text:
        raise Failed(f"the error names no path: {text.strip()!r}")


def try_fault(interruption, tally, fault, number):
    what, classes, how = fault
    name = f"{what.replace(' ', '')}-{how}-{number}"
    root = interruption.copy(name)
    try:
        done, _, hit = interruption.harm(root, interruption.words, *fault_options(fault, number), classes=classes)
        if not hit:
            tally.note("that came too late")
        tally.attempt(f"{interruption.scenario.name}: {what} {how} at call {number} ({hit})", lambda: finish(interruption, root, done, what, hit))
    finally:
        interruption.remove(name)


def finish(interruption, root, done, what, hit):
    if not hit and done.status == 0:
        return
    if what not in WORDS:
        if done.status != 0:
            raise Failed(f"status {done.status}: {done.errors.strip()}")
    elif done.status != 0:
        check_message(done, what)
    elif hit.split()[0] in ("fsync", "fdatasync", "syncfs"):
        raise Failed("success is reported, and the disk has not said that it has all")
    # Whoever reports success has done it all, whatever failed on the way.
    now = interruption.check(root, is_acknowledged=done.status == 0)
    interruption.check_collected(root, now)
    interruption.make_good(root, now)


def try_reading(crashpoint, base, scratch, tally, words, arguments):
    """Faults in a command that only reads."""
    place = f"{scratch}/reading"
    os.mkdir(place)
    copy_tree(base, place + "/store")
    expected = run(place + "/store", words)
    for fault in FAULTS:
        what, classes, how = fault
        tool = [crashpoint, "-w", classes, "-p", place + "/store", "-o", place + "/report", "-t", "20"]
        run(place + "/store", words, [*tool, "-c", "--"])
        with open(place + "/report", errors="replace") as report:
            total = int(report.read().split()[1])
        for number in sample(range(1, total + 1), arguments):
            def attempt():
                done = run(place + "/store", words, [*tool, *fault_options(fault, number), "--"], timeout=60)
                if done.status == 0 and done.output == expected.output:
                    return
                if what not in WORDS or (done.status == 0 and not done.errors):
                    raise Failed(f"status {done.status}, another output: {difference(expected.output, done.output)} {done.errors.strip()}")
                check_message(done, what)

            tally.attempt(f"{' '.join(words)}: {what} {how} at call {number}", attempt)
    remove_tree(place)


def difference(expected, found):
    """The first line in which two outputs differ."""
    pairs = zip(expected.splitlines() + [b"(nothing more)"], found.splitlines() + [b"(nothing more)"])
    return next((f"{ours!r} instead of {theirs!r}" for theirs, ours in pairs if ours != theirs), "")[:300]


def mount_tmpfs(path, options):
    os.mkdir(path)
    if _libc.mount(b"full", path.encode(), b"tmpfs", 0, options.encode()):
        raise OSError(ctypes.get_errno(), "mount")


def try_full(base, places, scratch, tally, scenario, options):
    """A command on a file system that has less room than it needs; then on the same one with more."""
    place = f"{scratch}/full"
    mount_tmpfs(place, options)
    root = place + "/store"

    def attempt():
        copied = subprocess.run(["cp", "-a", base, root], capture_output=True)
        if copied.returncode != 0:
            tally.note("too small for the store itself")
            return
        words = scenarios.fill_in(scenario.words, places)
        before = objects(root)
        done = run(root, words)
        if done.status == 0:
            tally.note("with room enough")
        else:
            check_message(done, "ENOSPC")
        check_lists(root)
        if done.status != 0:
            now = objects(root)
            left = [key for key in now if key[0] == "unnamed" and key not in before]
            for key in left:
                tally.note("images left without the name that there was no room for")
                del now[key]
            compare(now, before, before, False)
            # What failed must not keep the room that it took.
            _libc.mount(None, place.encode(), None, 32, b"size=64m,nr_inodes=100k")
            must(root, words)

    tally.attempt(f"{scenario.name} on a tmpfs with {options}", attempt)
    remove_tree(place + "/store")
    _libc.umount2(place.encode(), 2)
    os.rmdir(place)


def try_all_full(base, places, scratch, tally, arguments):
    wanted = ("load", "commit", "create", "volume import anew", "import", "cp over a file of a layer", "tag", "volume snapshot", "squash")
    inodes = int(disk(base)[-1].split()[0])
    pages = sum((os.lstat(os.path.join(d, f)).st_size + 4095) // 4096 for d, _, fs in os.walk(base) for f in fs if not os.path.islink(os.path.join(d, f)))
    for scenario in scenarios.scenarios(arguments.only):
        if scenario.name not in wanted or scenario.first:
            continue
        for more in range(0, 40, 1 if arguments.stride == 1 else 5):
            try_full(base, places, scratch, tally, scenario, f"size={(pages + more) * 4}k,nr_inodes=10k")
            try_full(base, places, scratch, tally, scenario, f"size=64m,nr_inodes={inodes + 2 + more}")


def try_few_descriptors(crashpoint, base, places, scratch, tally, arguments):
    """Forty descriptors are enough for everything."""
    limit = lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (40, 40))
    for scenario in scenarios.scenarios(arguments.only, arguments.commands, arguments.seed):
        interruption = Interruption(scenario, base, places, scratch, crashpoint)
        root = interruption.copy("few")

        def attempt():
            done = run(root, interruption.words, preexec_fn=limit)
            if done.status != 0:
                raise Failed(f"status {done.status}: {done.errors.strip()}")
            compare(objects(root), interruption.after, interruption.after, False)

        tally.attempt(f"{scenario.name} with 40 descriptors", attempt)
        interruption.remove("few")
        remove_tree(interruption.base)


def main():
    arguments = parse_arguments(__doc__)
    scratch = enter_scratch()
    crashpoint, _ = compile_tools(scratch)
    base, places = scenarios.make_store(scratch)
    tally = Tally("failing calls")
    for scenario in scenarios.scenarios(arguments.only, arguments.commands, arguments.seed):
        interruption = Interruption(scenario, base, places, scratch, crashpoint)
        totals = {classes: interruption.count(classes) for classes in sorted({classes for _, classes, _ in FAULTS})}
        points = sample([(fault, number) for fault in FAULTS for number in range(1, totals[fault[1]] + 1)], arguments)
        print(f"{scenario.name}: {max(totals.values())} calls, {len(points)} points", flush=True)
        in_parallel([lambda point=point: try_fault(interruption, tally, *point) for point in points], arguments.jobs)
        remove_tree(interruption.base)
    for words in READING[: arguments.commands or None]:
        if arguments.only in " ".join(words):
            try_reading(crashpoint, base, scratch, tally, words, arguments)
    if not arguments.commands:
        try_few_descriptors(crashpoint, base, places, scratch, tally, arguments)
        if os.geteuid() == 0:
            try_all_full(base, places, scratch, tally, arguments)
    tally.finish()


if __name__ == "__main__":
    main()
