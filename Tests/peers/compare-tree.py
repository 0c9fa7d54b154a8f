#!/usr/bin/env python3
"""Is the tree of an image after `layerctl load` what other tools unpack it to?

    compare-tree.py IMAGE...       loads each archive or layout with layerctl and with each peer and compares the trees
    compare-tree.py --dump DIR     a directory as lines, in the form of TestImages/Fixtures/app.tree
    compare-tree.py --diff A B     two directories or files of such lines

Compared: names, kinds, modes, owners, mtimes to the nanosecond, sizes and contents, link targets, device numbers, how many
names share the inode, and extended attributes. Not compared: the root directory itself, whose attributes no layer need state.
Needs root. The layerctl of $LAYERCTL is taken, or that of $PATH. docker is asked only when DOCKER_HOST is set.
Exit status 1 when anything differs.
"""

import argparse
import os
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True

import treelines  # noqa: E402
import unpackers  # noqa: E402


def unpack(tool, image):
    """The lines of the tree that a tool makes of an image; None when the tool refuses it."""
    with tempfile.TemporaryDirectory(prefix="compare-tree-", dir=os.environ.get("TMPDIR", "/var/tmp")) as work:
        try:
            return treelines.dump(getattr(unpackers, tool)(image, work))
        except subprocess.CalledProcessError as error:
            print(f"    {tool} refuses {image}: {error.stderr.decode(errors='replace').strip()[-200:]}")
        except OSError as error:
            print(f"    {tool} leaves a tree that cannot be read: {error}")
        finally:
            unpackers.unmount(work)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("images", nargs="*", metavar="IMAGE")
    parser.add_argument("--dump", metavar="DIR")
    parser.add_argument("--diff", nargs=2, metavar=("A", "B"))
    parser.add_argument("--tool", default="layerctl", help="the one that is judged (another peer, to test this script)")
    peers = "umoci,podman" + (",docker" if os.environ.get("DOCKER_HOST") else "")
    parser.add_argument("--peers", default=peers, help="comma separated (default: %(default)s)")
    arguments = parser.parse_args()
    if arguments.dump:
        print("\n".join("\t".join(line) for line in treelines.dump(arguments.dump).values()))
    if arguments.diff:
        sys.exit(1 if treelines.report("trees", *map(treelines.read, arguments.diff)) else 0)
    passed = failed = skipped = 0
    for image in arguments.images:
        ours = unpack(arguments.tool, image)
        failed += ours is None
        for peer in arguments.peers.split(",") if ours is not None else []:
            theirs = unpack(peer, image)
            if theirs is None:
                skipped += 1
            elif treelines.report(f"{os.path.basename(image)}: {arguments.tool} / {peer}", ours, theirs):
                failed += 1
            else:
                passed += 1
    if arguments.images:
        print(f"{passed} passed, {failed} failed, {skipped} skipped")
    sys.exit(1 if failed else 0)


main()
