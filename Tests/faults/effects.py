"""What a command makes, changes or takes away in a store: the objects that a power cut may have spared or not."""
import hashlib


def without_manifests(objects):
    """The objects but for the manifests, which come and go with images."""
    return {name: tree for name, tree in objects.items() if name[0] != "manifest"}


def is_moved(was, now):
    """Whether a container's files differ in nothing but times."""
    untimed = [{path: (*entry[:6], *entry[7:]) for path, entry in (tree or {}).items()} for tree in (was, now)]
    return None not in (was, now) and untimed[0] == untimed[1]


def target(words):
    """The object that a command makes, changes or removes."""
    verb, *rest = words
    if verb == "volume":
        return "volume", words[-1] if words[1] == "clone" else words[2]
    if verb in ("create", "rm", "put"):
        return "container", words[2] if verb == "create" else words[-1].partition(":")[0]
    if verb == "load":
        return "name", "many:" + words[-1][-5]
    return "name", words[1] if verb == "rmi" else words[-1]


def is_there(words, now):
    """Whether a command has done its work."""
    key = target(words)
    if words[:2] == ["volume", "snapshot"]:
        return any(kind == "name" and name.startswith("volume-snapshot/") and name.endswith(":" + words[2]) for kind, name in now)
    if words[0] == "put":
        with open(words[1], "rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        return now.get(key, {}).get(words[-1].partition(":/")[2], [""] * 6)[5] == digest
    is_removal = words[0] in ("rm", "rmi") or words[:2] == ["volume", "rm"]
    return (key not in now) if is_removal else key in now
