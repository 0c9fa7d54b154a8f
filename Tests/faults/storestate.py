"""What a store holds: its objects as the program tells them, and its bytes and inodes as the disk has them."""
import functools, hashlib, io, json, os, re, stat, tarfile

from toolbox import Failed, has_verb, must, run

LISTS = (
    ["images", "-a"], ["ps", "-a"], ["volume", "ls"], ["volume", "snapshots"], ["layers"], ["info"], ["system", "df", "-v"], ["mount"],
)


def check_lists(root):
    """Every list must work, without a warning."""
    for words in LISTS:
        done = run(root, words)
        if done.status != 0 or done.errors:
            raise Failed(f"{' '.join(words)}: status {done.status}: {done.errors.strip()}")


def check_content(root):
    """All data must be what was stored."""
    words = ["check", "--data"] if has_check() else ["verify", "--all", "-q"]
    done = run(root, words, timeout=120)
    if done.status != 0:
        raise Failed(f"{' '.join(words)}: status {done.status}: {(done.output.decode(errors='replace') + done.errors).strip()}")


def without_times(content):
    """A record that is whole, without the times in it, so that of two that were made one after the other one has to be looked at."""
    head, line, payload = content.partition(b"\n")
    if not head.startswith(b"layerctl-record 1 ") or not head.endswith(hashlib.sha256(payload).hexdigest().encode()):
        return content
    return re.sub(rb'"\d{4}-\d\d-\d\dT[0-9:.]+Z"', b"TIME", payload)


# Below these lies what images, containers and volumes hold.
CONTENT = frozenset(("tree", "shadowed", "upper", "merged", "_data"))


def signature(root):
    """All bytes and attributes of a store, as one digest: of equal stores one has to be looked at.

    Names of unfinished and discarded work are random, and left out."""
    digest = hashlib.sha256()
    for directory, names, files in os.walk(root):
        names.sort()
        inside = os.path.relpath(directory, root)
        for name in sorted(names + files):
            path, shown = os.path.join(directory, name), os.path.join(inside, name)
            status = os.lstat(path)
            if shown.startswith(("./staging", "./trash", "staging", "trash")):
                shown = re.sub("[0-9a-f]{32}", "ID", shown)
            attributes = [(a, os.getxattr(path, a, follow_symlinks=False)) for a in sorted(os.listxattr(path, follow_symlinks=False))]
            is_content = not CONTENT.isdisjoint(shown.split("/"))
            time = status.st_mtime_ns if is_content else 0
            digest.update(repr((shown, status.st_mode, status.st_uid, status.st_gid, time, status.st_rdev, attributes)).encode())
            if stat.S_ISLNK(status.st_mode):
                digest.update(os.fsencode(os.readlink(path)))
            elif stat.S_ISREG(status.st_mode):
                with open(path, "rb") as file:
                    digest.update(hashlib.sha256(without_times(file.read())).digest())
    return digest.digest()


_seen = {}


def look(root):
    """Checks lists and data, and gives the objects; what is equal to a store that was looked at already is not asked again."""
    key = signature(root)
    if key not in _seen:
        check_lists(root)
        check_content(root)
        _seen[key] = objects(root)
    return _seen[key]


@functools.cache
def has_check():
    return has_verb("check")


@functools.cache
def has_gc():
    return has_verb("gc")


def tree_objects(tar):
    """The files of a tar: everything but the times of directories, which change with what lies in them."""
    files = {}
    with tarfile.open(fileobj=io.BytesIO(tar)) as archive:
        for member in archive:
            content = hashlib.sha256(archive.extractfile(member).read()).hexdigest() if member.isreg() else ""
            time = member.pax_headers.get("mtime", member.mtime) if member.isreg() or member.islnk() else ""
            files[member.name.strip("/") or "."] = (
                member.type, member.mode, member.uid, member.gid, member.linkname, content, str(time), member.devmajor, member.devminor,
            )
    return files


def lines(root, words):
    return [line.split("\t") for line in must(root, words).splitlines()]


def objects(root):
    """All objects of a store: names and unnamed images with their layers, kept manifests and blobs, the files of containers and volumes.

    An object is a tuple of its kind and its name; its value is a dictionary, for containers and volumes of their files."""
    found = {}
    images = lines(root, ["images", "-a", "--no-trunc", "--format", "{{.Repository}}:{{.Tag}}\t{{.ID}}"])
    ids = sorted({id for _, id in images})
    layers, made_up = {}, 0
    if ids:
        for image in json.loads(must(root, ["inspect", *ids])):
            layers[image["Id"]] = " ".join(image["RootFS"]["Layers"])
            if image.get("ManifestDigest"):
                found["manifest", image["Id"]] = {"": image["ManifestDigest"]}
            # An image knows what its blobs are called, whether they are kept or not: those that are there are its own.
            for layer in image["Layers"]:
                blob = layer.get("Blob") or ""
                if blob and os.path.exists(f"{root}/blobs/{blob.replace(':', '/')}"):
                    found["blob", blob] = {}
    for name, id in images:
        if name == "<none>:<none>":
            found["unnamed", layers[id]] = {"": layers[id]}
        else:
            # A snapshot's name has the image's ID in it, and that the time; of one volume there may be several.
            shown = re.sub(r"^volume-snapshot/[0-9a-f]{12}", "volume-snapshot/" + layers[id], name)
            found["name", shown] = {"": layers[id]}
    for name, image in lines(root, ["ps", "-a", "--no-trunc", "--format", "{{.Names}}\t{{.Image}}"]):
        done = run(root, ["export", name])
        if done.status != 0:
            raise Failed(f"export {name}: status {done.status}: {done.errors.strip()}")
        found["container", name] = tree_objects(done.output)
    for (name,) in lines(root, ["volume", "ls", "--format", "{{.Name}}"]):
        done = run(root, ["volume", "export", name])
        if done.status != 0:
            raise Failed(f"volume export {name}: status {done.status}: {done.errors.strip()}")
        if re.fullmatch("[0-9a-f]{64}", name):
            made_up += 1
            name = f"made up {made_up}"
        found["volume", name] = tree_objects(done.output)
    return found


def compare(now, before, after, is_gradual):
    """Every object must be as it was before a command or as it is after it; of a command that is gradual each file.

    Nobody's objects may be left, which prune takes: images whose names a command has not given yet, or has taken already, and volumes that nobody
    named. Gives these."""
    known = {tree[""] for state in (before, after) for (kind, _), tree in state.items() if kind in ("name", "unnamed")}
    nobodys = []
    for key in sorted(set(before) | set(after) | set(now)):
        is_now, was, will = now.get(key), before.get(key), after.get(key)
        if is_now in (was, will):
            continue
        if key[0] == "unnamed" and is_now and is_now[""] in known:
            nobodys.append(key)
            continue
        if key[0] == "volume" and key[1].startswith("made up") and set(is_now or ()) <= {"."}:
            nobodys.append(key)
            continue
        if not is_gradual or is_now is None or (was is None and will is None):
            raise Failed(f"{key[0]} {key[1]!r} is neither as before nor as after: {difference(is_now, was, will)}")
        check_files(key, is_now, was or {}, will or {})
    return nobodys


def check_files(key, now, was, will):
    for path in set(now) | set(was) | set(will):
        expected = will.get(path)
        # A new directory is closed to others until all is in it.
        closed = expected[:1] + (0o700,) + expected[2:] if expected and expected[0] == tarfile.DIRTYPE and path not in was else expected
        if now.get(path) not in (was.get(path), expected, closed):
            raise Failed(f"{key[0]} {key[1]!r}: {path!r} is {now.get(path)}, was {was.get(path)}, will be {expected}")


def difference(now, was, will):
    if now is None:
        return "it is not there"
    nearest = will if will is not None else was or {}
    paths = [path for path in sorted(set(now) | set(nearest)) if now.get(path) != nearest.get(path)]
    return "; ".join(f"{path!r} is {now.get(path)}, not {nearest.get(path)}" for path in paths[:3]) or "it should not be there"


def disk(root):
    """What the store takes of the disk: a line for each name, without what differs from run to run, and the number of inodes."""
    found, inodes = [], set()
    for directory, names, files in os.walk(root):
        for name in names + files:
            path = os.path.join(directory, name)
            status = os.lstat(path)
            inodes.add(status.st_ino)
            shown = re.sub(r"(?<![0-9a-f])([0-9a-f]{64}|[0-9a-f]{32}|[0-9a-f]{12})(?![0-9a-f])", "ID", os.path.relpath(path, root))
            # Records tell times, whose digits have no fixed number.
            is_record = name.endswith(".json") or shown.startswith("names/")
            size = status.st_size if stat.S_ISREG(status.st_mode) and not is_record else 0
            found.append(f"{stat.filemode(status.st_mode)} {size} {shown}")
    return sorted(found) + [f"{len(inodes)} inodes"]


def compare_disk(root, expected, when):
    found = disk(root)
    if found == expected:
        return
    more, less = list(found), list(expected)
    for line in expected:
        if line in more:
            more.remove(line)
    for line in found:
        if line in less:
            less.remove(line)
    raise Failed(f"{when}: more on the disk: {more[:6]}; less: {less[:6]}")
