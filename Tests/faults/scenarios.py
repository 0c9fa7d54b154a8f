"""The commands that the fault tests interrupt, and the store that they work on."""
import glob, io, json, os, random, shutil, tarfile
from typing import NamedTuple

from storestate import has_gc
from toolbox import FIXTURES, has_verb, must

MINI, MORE, LINKS = "example.test/mini", "example.test/more", "example.test/hard-link-below"


class Scenario(NamedTuple):
    """A command that changes a store.

    - words: the command; {files} is the directory of input files.
    - first: commands that are run before it, on each copy of the store.
    - settle: commands that are run after it, to get a state that can be compared.
    - killed: a command that was killed before it, behind its call of the second name on the path that ends with the third.
    - is_gradual: whether files come one by one, each whole, into a container or a volume that is there.
    - is_once: whether the command does something else when it has done its work already.
    - has_garbage: whether dead processes have left something in the store before it.
    - is_damaged: whether a file of a layer is spoiled before it.
    """

    name: str
    words: list
    first: tuple = ()
    settle: tuple = ()
    killed: tuple = ()
    is_gradual: bool = False
    is_once: bool = False
    has_garbage: bool = False
    is_damaged: bool = False

    @property
    def needs_mount(self):
        """Whether what comes first cannot be copied with a store."""
        return any(words[0] == "mount" for words in self.first)

    @property
    def is_copied(self):
        """Whether what it leaves may be copied with a store: no mounts, and nothing that is told by inodes."""
        return "mount" not in self.name and not self.killed


def fixture(name):
    return os.path.join(FIXTURES, name)


SCENARIOS = [
    Scenario("load", ["load", "-q", "-i", fixture("whiteout-then-directory.docker.tar")]),
    Scenario("load several", ["load", "-q", fixture("implied-parents.docker.tar"), fixture("opaque-last.docker.tar")]),
    Scenario("load sharing", ["load", "-q", "-i", fixture("two-images.docker.tar")], first=(["rm", "box"], ["rmi", MORE, "spare:1"])),
    Scenario("load present", ["load", "-q", "-i", fixture("two-images.docker.tar")]),
    Scenario("load keeping blobs", ["load", "-q", "--keep-blobs", "-i", fixture("two-images.docker-v25.tar")]),
    Scenario("commit", ["commit", "-m", "made", "box", "made:1"]),
    Scenario("commit --squash", ["commit", "--squash", "box", "made:1"]),
    Scenario("commit --move", ["commit", "--move", "box", "moved:1"], is_once=True),
    Scenario("put after a killed commit --move", ["put", "{files}/file", "box:/new"], killed=(["commit", "--move", "box", "moved:1"], "fsync", "/store/layers")),
    Scenario("rmi", ["rmi", LINKS]),
    Scenario("rmi by ID", ["rmi", "-f", "{links}"]),
    Scenario("rmi a name of two", ["rmi", "spare:1"]),
    Scenario("tag", ["tag", MINI, "new/name:1"]),
    Scenario("tag over another", ["tag", MINI, "spare:1"]),
    Scenario("create", ["create", "--name", "fresh", "-v", "newvolume:/v", MORE]),
    Scenario("create with a volume that nobody names", ["create", "--name", "fresh", "-v", "/v", MORE]),
    Scenario("rm", ["rm", "box"]),
    Scenario("rm -v", ["rm", "-v", "held"]),
    Scenario("rename", ["rename", "idle", "renamed"]),
    Scenario("cp file", ["cp", "{files}/file", "box:/etc/copied"]),
    Scenario("cp over a file of a layer", ["cp", "{files}/file", "idle:/hello"]),
    Scenario("cp directory", ["cp", "-a", "{files}/tree", "box:/"], is_gradual=True),
    Scenario("put", ["put", "{files}/file", "box:/hello"]),
    Scenario("put anew", ["put", "{files}/file", "idle:/new"]),
    Scenario("rm a path", ["rm", "box:/hello"]),
    Scenario("rm a directory", ["rm", "-r", "box:/etc"], is_gradual=True),
    Scenario("volume create", ["volume", "create", "-l", "a=b", "made"]),
    Scenario("volume rm", ["volume", "rm", "plain"]),
    Scenario("volume rename", ["volume", "rename", "plain", "renamed"]),
    Scenario("volume import anew", ["volume", "import", "made", "{files}/tree.tar"]),
    Scenario("volume import", ["volume", "import", "data", "{files}/tree.tar"], is_gradual=True),
    Scenario("volume snapshot", ["volume", "snapshot", "data"], first=(["volume", "import", "data", "{files}/tree.tar"],)),
    Scenario("volume restore", ["volume", "restore", "data", "{snapshot}"], first=(["volume", "import", "data", "{files}/tree.tar"],)),
    Scenario("volume restore anew", ["volume", "restore", "made", "{snapshot}"]),
    Scenario("volume rmsnapshot", ["volume", "rmsnapshot", "{snapshot}"]),
    Scenario("volume clone", ["volume", "clone", "data", "cloned"]),
    Scenario("volume prune", ["volume", "prune", "-a", "-f"]),
    Scenario("import", ["import", "{files}/tree.tar", "imported:1"]),
    Scenario("squash", ["squash", MORE, "-t", "squashed:1"]),
    Scenario("append", ["append", MORE, "--dir", "{files}/tree", "-t", "appended:1"]),
    Scenario("mutate", ["mutate", MORE, "-c", "ENV A=1", "-t", "changed:1"]),
    Scenario("strip", ["strip", MORE, "hello", "-t", "stripped:1"]),
    Scenario("mount by copy", ["mount", "--driver", "copy", "box"], settle=(["umount", "box"],)),
    Scenario("umount of a copy", ["umount", "box"], first=(["mount", "--driver", "copy", "box"], ["put", "{files}/file", "box:/in"])),
    Scenario("mount by overlay", ["mount", "--driver", "overlay", "box"], settle=(["umount", "box"],)),
    Scenario("umount of an overlay", ["umount", "box"], first=(["mount", "--driver", "overlay", "box"],)),
]
LATER = [
    (("gc",), Scenario("gc", ["gc"], has_garbage=True)),
    (("check",), Scenario("check --repair", ["check", "--data", "--repair", "--from", fixture("two-images.docker.tar")], is_damaged=True)),
    (("image", "prune"), Scenario("image prune", ["image", "prune", "-a", "-f"])),
    (("container", "prune"), Scenario("container prune", ["container", "prune", "-f"])),
    (("system", "prune"), Scenario("system prune", ["system", "prune", "-a", "-f", "--volumes"])),
]


def scenarios(only="", count=0, seed=0):
    """The commands that this program knows and this user may run; with a count so many of them, chosen by the seed."""
    known = [s for s in SCENARIOS + [scenario for verb, scenario in LATER if has_verb(*verb)] if only in s.name]
    known = [s for s in known if os.geteuid() == 0 or "overlay" not in s.name]
    return random.Random(seed).sample(known, count) if 0 < count < len(known) else known


def recovery():
    """What takes away what dead processes left: gc; before there is one, whatever adds to a store."""
    return ["gc"] if has_gc() else ["tag", MINI, MINI]


def make_garbage(root):
    """What processes leave that are killed: an image's layers without the image, work, trash, records that are not whole, empty directories."""
    name = f"{root}/names/{LINKS}/:latest"
    with open(name, "rb") as file:
        id = json.loads(file.read().split(b"\n", 1)[1])["id"]
    os.remove(name)
    shutil.rmtree(f"{root}/images/{id.replace(':', '/')}")
    for place in ("staging/1/tree/d", "trash/1/d", "names/none/no", f"mounts/sha256-{'ef' * 32}"):
        os.makedirs(f"{root}/{place}")
    for place in ("staging/1/f", "trash/1/d/f", "trash/2", "names/.new-1", ".new-1"):
        with open(f"{root}/{place}", "w") as file:
            file.write("left")


def damage(root):
    """Spoils a file of a layer, takes another away, and puts a third there."""
    (mini,) = glob.glob(f"{root}/layers/sha256/*/tree/hello")
    with open(mini, "r+b") as file:
        file.write(b"x")
    (more,) = glob.glob(f"{root}/layers/sha256/*/tree/more")
    os.rename(more, os.path.dirname(more) + "/less")


def make_tree(path):
    """Some files, links and directories; as a tar too."""
    os.makedirs(path + "/tree/sub/empty")
    for name, text in (("one", "1\n"), ("two", "2\n" * 3000), ("sub/three", "3\n"), ("sub/four", "")):
        with open(f"{path}/tree/{name}", "w") as file:
            file.write(text)
    os.symlink("one", path + "/tree/link")
    os.link(path + "/tree/one", path + "/tree/sub/same")
    for directory, names, files in os.walk(path + "/tree"):
        for name in names + files + ["."]:
            os.utime(os.path.join(directory, name), (1600000000, 1600000000), follow_symlinks=False)
    with open(path + "/file", "w") as file:
        file.write("copied\n" * 500)
    with tarfile.open(path + "/tree.tar", "w", format=tarfile.PAX_FORMAT) as archive:
        archive.add(path + "/tree", ".")
    with tarfile.open(path + "/few.tar", "w") as archive:
        for name in ("kept", "two"):
            member = tarfile.TarInfo(name)
            member.size, member.mtime = 4, 1500000000
            archive.addfile(member, io.BytesIO(b"few\n"))


def make_store(scratch):
    """The store, and the words that stand for something of it."""
    files, root = scratch + "/files", scratch + "/base"
    os.mkdir(files)
    make_tree(files)
    for words in (
        ["load", "-q", "-i", fixture("two-images.docker.tar")], ["load", "-q", "-i", fixture("hard-link-below.docker.tar")],
        ["tag", MORE, "spare:1"], ["create", "--name", "idle", MINI], ["create", "--name", "box", MORE],
        ["cp", files + "/tree", "box:/etc"],
        ["put", files + "/file", "box:/etc/written"], ["cp", files + "/tree", "box:/etc/tree"], ["put", files + "/file", "box:/more"],
        ["create", "--name", "held", "-v", "/anonymous", "-v", "held:/held", MINI],
        ["volume", "create", "plain"], ["volume", "import", "data", files + "/few.tar"], ["volume", "snapshot", "data"],
    ):
        must(root, words)
    snapshot = must(root, ["volume", "snapshots", "--format", "{{.Snapshot}}"]).strip()
    links = must(root, ["images", "-q", "--no-trunc", LINKS]).strip()
    return root, {"{files}": files, "{snapshot}": snapshot, "{links}": links}


def fill_in(words, places):
    """A command with what its words stand for."""
    for place, value in places.items():
        words = [word.replace(place, value) for word in words]
    return words
