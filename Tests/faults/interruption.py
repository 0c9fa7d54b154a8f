"""One command of the fault tests on a copy of the store: before, interrupted, and made good."""
import os, re

import scenarios
from storestate import check_content, check_lists, compare, compare_disk, disk, has_gc, look, objects
from toolbox import Failed, copy_tree, must, remove_tree, run


class Interruption:
    """A scenario with the states that its command may leave: those before it and after it."""

    def __init__(self, scenario, base, places, scratch, crashpoint):
        self.scenario, self.scratch, self.crashpoint = scenario, scratch, crashpoint
        self.words = scenarios.fill_in(scenario.words, places)
        self.first = [scenarios.fill_in(words, places) for words in scenario.first]
        self.base = f"{scratch}/{scenario.name.replace(' ', '-')}"
        os.mkdir(self.base)
        copy_tree(base, self.base + "/store")
        if not scenario.needs_mount:
            for words in self.first:
                must(self.base + "/store", words)
            self.first = []
        if scenario.has_garbage:
            scenarios.make_garbage(self.base + "/store")
        if scenario.killed:
            self.kill(*scenario.killed)
        if scenario.is_damaged:
            scenarios.damage(self.base + "/store")
        self.learn()

    def kill(self, words, call, path):
        """Kills a command behind a call, before anything else happens to the store."""
        root = self.copy("listing")
        self.harm(root, words, "-c", "-l")
        with open(os.path.dirname(root) + "/report", errors="replace") as report:
            lines = [line.split() for line in report]
        number = next(line[0] for line in lines if line[1] == call and line[-1].endswith(path))
        self.remove("listing")
        self.harm(self.base + "/store", words, "-K", number)

    def learn(self):
        """Finds out what the command does when nothing interrupts it."""
        root = self.copy("whole")
        self.before = objects(root) if not self.scenario.is_damaged else {}
        must(root, self.words)
        self.after = objects(root)
        for words in self.scenario.settle:
            must(root, words)
        must(root, scenarios.recovery())
        self.disk_after = disk(root)
        self.remove("whole")
        root = self.copy("untouched")
        must(root, scenarios.recovery())
        self.disk_before = disk(root)
        self.remove("untouched")

    def copy(self, name):
        """A new copy of the store, in a directory of its own."""
        place = f"{self.base}.{name}"
        os.mkdir(place)
        copy_tree(self.base + "/store", place + "/store")
        for words in self.first:
            must(place + "/store", words)
        return place + "/store"

    def remove(self, name):
        remove_tree(f"{self.base}.{name}")

    def harm(self, root, words, *harm, classes="change"):
        """Runs a command under crashpoint, the calls counted that are made below the copy's directory.

        Gives what it ended with, how many calls there were, and which one was hit; "" for none."""
        place = os.path.dirname(root)
        tool = [self.crashpoint, "-w", classes, "-p", place, "-o", place + "/report", "-t", "20", *harm, "--"]
        done = run(root, words, tool, output=place + "/output", timeout=60)
        with open(place + "/report", errors="replace") as report:
            total, hit = report.read().rsplit("\n", 3)[-3:-1]
        return done, int(total.split()[1]), hit[4:].replace(place, "") if hit.startswith("hit ") else ""

    def count(self, classes="change", words=None):
        """How many calls the command makes."""
        root = self.copy("count")
        done, total, _ = self.harm(root, words or self.words, "-c", classes=classes)
        self.remove("count")
        if done.status != 0:
            raise Failed(f"{' '.join(self.words)}: status {done.status}: {done.errors}")
        return total

    def check(self, root, is_acknowledged=False):
        """Lists work, data is whole, nothing is lost, and what was interrupted is there or not. Gives the objects."""
        if self.scenario.is_damaged and not is_acknowledged:
            check_lists(root)
            return self.before
        if self.scenario.killed:
            # Two names of a file may be two files until somebody ends what was begun: here, as a copy has other inodes.
            must(root, scenarios.recovery())
        now = self.look(root)
        compare(now, self.before, self.after, self.scenario.is_gradual)
        if is_acknowledged and now != self.after:
            raise Failed("the command reported success, and what it did is not there")
        return now

    def look(self, root):
        """The objects; mounts are nothing that a store's files tell of."""
        if not (self.scenario.needs_mount or self.scenario.settle):
            return look(root)
        check_lists(root)
        check_content(root)
        return objects(root)

    def check_collected(self, root, now):
        """What was interrupted leaves nothing behind."""
        scenario = self.scenario
        if not has_gc() or now != self.before or scenario.settle or scenario.needs_mount or scenario.is_damaged:
            return
        copy_tree(root, root + "-collected")
        must(root + "-collected", ["gc"])
        compare_disk(root + "-collected", self.disk_before, "after gc")
        remove_tree(root + "-collected")

    def make_good(self, root, now):
        """The command can be run again, and then the store is what it would be if nothing had happened."""
        is_done = now == self.after and self.before != self.after
        if is_done:
            # A second time is not always as good as the first: a commit that moves makes another image then.
            copy_tree(root, root + "-done")
            self.compare_disk_after(root + "-done", is_exact=has_gc() or not {"rmi", "rmsnapshot"} & set(self.words))
            remove_tree(root + "-done")
        done = run(root, self.words)
        if done.status not in ((0, 1, 3, 4) if is_done else (0,)) and not self.has_gone(done.errors):
            raise Failed(f"run again: status {done.status}: {done.errors.strip()}")
        if is_done:
            return
        if self.scenario.is_once and self.has_result(now):
            # What was left to do cannot be told from a new wish.
            must(root, scenarios.recovery())
            self.look(root)
            return
        self.prune(root)
        # Before there is gc, what a removal left is taken by no other command.
        self.compare_disk_after(root, is_exact=has_gc() or done.status == 0)
        compare(self.look(root), self.after, self.after, False)

    def compare_disk_after(self, root, is_exact=True):
        for words in self.scenario.settle:
            must(root, words)
        must(root, scenarios.recovery())
        if is_exact:
            compare_disk(root, self.disk_after, "after all")

    def has_result(self, now):
        """Whether all is there that the command makes, though it may have had more to do."""
        return all(now.get(key) == self.after[key] for key in set(self.after) - set(self.before))

    def has_gone(self, errors):
        """Whether a command that takes something away finds it gone."""
        return any(text in errors for text in ("No such", "no such", "not mounted"))

    def prune(self, root):
        """An image whose name was taken away first, and a volume that nobody named and no container has, are the user's to remove."""
        unnamed = [line for line in must(root, ["images", "-a", "--format", "{{.Repository}}"]).splitlines() if line == "<none>"]
        made_up = [name for name in must(root, ["volume", "ls", "-q"]).splitlines() if re.fullmatch("[0-9a-f]{64}", name)]
        if len(unnamed) > sum(kind == "unnamed" for kind, _ in self.after):
            for id in must(root, ["images", "-q", "--no-trunc", "-f", "dangling=true"]).split():
                run(root, ["rmi", id])
        if len(made_up) > sum(name.startswith("made up") for _, name in self.after):
            must(root, ["volume", "prune", "-f"])
