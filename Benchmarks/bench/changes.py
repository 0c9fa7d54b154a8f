"""The same changes of the same files in every tree of one image."""
import os

COUNTS = (10, 10_000)


def change(root, count):
    """Changes a tree: three of ten are written anew over files of the image, two removed, five new; more new where the image has few files."""
    # A mount that failed silently gives no path, and "" would lead to the machine's own files.
    if os.path.samefile(f"{root}/usr", "/usr"):
        raise ValueError(f"no tree of an image: {root!r}")
    small = []
    for directory, _, names in sorted(os.walk(f"{root}/usr")):
        for name in sorted(names):
            path = os.path.join(directory, name)
            if not os.path.islink(path) and os.path.isfile(path) and os.lstat(path).st_nlink == 1 and os.path.getsize(path) < 8192:
                small.append(path)
    step = max(1, len(small) // (count // 2))
    chosen = small[::step][: count // 2]
    written, removed = chosen[: count * 3 // 10], chosen[count * 3 // 10 :]
    for path in written:
        with open(path, "w") as file:
            file.write("changed\n")
    for path in removed:
        os.unlink(path)
    for number in range(count - len(written) - len(removed)):
        directory = f"{root}/var/new/{number // 100}"
        os.makedirs(directory, exist_ok=True)
        with open(f"{directory}/{number}", "w") as file:
            file.write("x" * (number % 3000))
