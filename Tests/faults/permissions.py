#!/usr/bin/env python3
"""Runs every verb under several umasks, as root and as an ordinary user, and looks at whom the store lets in.

Its root is 0700; nothing of our own in it can be written by others, and no record or index be read; what others may write is refused."""
import os, stat, subprocess

import scenarios
from toolbox import FIXTURES, LAYERCTL, Failed, Tally, enter_scratch, environment, parse_arguments

UMASKS = (0o000, 0o022, 0o077)
ORDINARY = 12345


def call(root, words, umask, user):
    """Runs the program; its status and errors."""
    done = subprocess.run(
        [LAYERCTL, *words], env=environment(root), umask=umask, stdin=subprocess.DEVNULL, capture_output=True, timeout=60,
        **({"user": user, "group": user, "extra_groups": []} if user != os.geteuid() else {}),
    )
    return done.returncode, done.stderr.decode(errors="replace")


def is_content(path):
    """Whether a path is of a layer, a container or a volume, and has the modes that its makers gave it."""
    parts = path.split("/")
    return any(part in ("tree", "upper", "merged", "_data", "shadowed") for part in parts[:-1]) or parts[-1] in ("tree", "upper", "merged", "_data")


def check_modes(root):
    if stat.S_IMODE(os.lstat(root).st_mode) != 0o700:
        raise Failed(f"the root has mode {stat.S_IMODE(os.lstat(root).st_mode):o}")
    for directory, names, files in os.walk(root):
        for name in names + files:
            path = os.path.join(directory, name)
            shown, status = os.path.relpath(path, root), os.lstat(path)
            if is_content(shown) or stat.S_ISLNK(status.st_mode):
                continue
            if status.st_mode & 0o022:
                raise Failed(f"{shown} has mode {stat.S_IMODE(status.st_mode):o}")


def try_all(scratch, files, tally, umask, user):
    place = f"{scratch}/{umask:o}-{user}"
    os.mkdir(place)
    os.chown(place, user, user)
    root = place + "/store"
    places = {"{files}": files, "{snapshot}": "volume-snapshot", "{links}": scenarios.LINKS}
    prepared = [
        ["load", "-q", "-i", FIXTURES + "/two-images.docker.tar"], ["load", "-q", "-i", FIXTURES + "/hard-link-below.docker.tar"],
        ["load", "-q", "-i", FIXTURES + "/app.docker-v24.tar"],
        ["tag", scenarios.MORE, "spare:1"], ["create", "--name", "idle", scenarios.MINI], ["create", "--name", "box", scenarios.MORE],
        ["create", "--name", "held", "-v", "/anonymous", scenarios.MINI], ["volume", "create", "plain"], ["volume", "import", "data", files + "/few.tar"],
    ]
    known = [s for s in scenarios.scenarios() if "{snapshot}" not in s.words and "rmi" not in s.name and "prune" not in s.name]
    commands = prepared + [words for s in known for words in [*s.first, s.words, *s.settle]]
    for words in commands:
        words = scenarios.fill_in(words, places)

        def attempt():
            status, errors = call(root, words, umask, user)
            tally.note("commands that succeeded" if status == 0 else "commands that refused")
            if status < 0 or status > 6 or (words in prepared and status != 0):
                raise Failed(f"status {status}: {errors.strip()}")
            check_modes(root)

        tally.attempt(f"umask {umask:03o}, user {user}: {' '.join(words)}", attempt)
    refuse_open_root(root, tally, umask, user)


def refuse_open_root(root, tally, umask, user):
    """Whoever can write the root can put anything into it."""
    for mode in (0o720, 0o702, 0o777):
        for words in (["images"], ["ps", "-a"], ["tag", scenarios.MINI, "more:1"], ["volume", "ls"], ["verify", "--all"]):
            os.chmod(root, mode)

            def attempt():
                status, errors = call(root, words, umask, user)
                if status == 0 or "can write" not in errors:
                    raise Failed(f"status {status}, not refused: {errors.strip()}")

            tally.attempt(f"user {user}: {' '.join(words)} in a root of mode {mode:o}", attempt)
    os.chmod(root, 0o700)
    if user == os.geteuid() == 0:
        os.chown(root, ORDINARY, ORDINARY)
        tally.attempt("root: images in a root of another user", lambda: expect_refusal(*call(root, ["images"], umask, user)))
        os.chown(root, 0, 0)


def expect_refusal(status, errors):
    if status == 0 or "belongs to user" not in errors:
        raise Failed(f"status {status}, not refused: {errors.strip()}")


def main():
    parse_arguments(__doc__)
    scratch = enter_scratch()
    os.chmod(scratch, 0o755)
    files = scratch + "/files"
    os.mkdir(files)
    scenarios.make_tree(files)
    tally = Tally("permissions")
    users = [0, ORDINARY] if os.geteuid() == 0 else [os.geteuid()]
    for umask in UMASKS:
        for user in users:
            try_all(scratch, files, tally, umask, user)
    tally.finish()


if __name__ == "__main__":
    main()
