#!/usr/bin/env python3
"""Measures layerctl beside docker, containerd, podman, buildah, skopeo, umoci, containers-storage, GNU tar, bsdtar and a floor in C.

The rounds are interleaved; stores are emptied and the file system synchronised outside the clock; of daemons CPU and memory count. All
stores lie on one file system that is made for the run. The images are made of Debian's and PyPI's packages (needs mmdebstrap, skopeo and pip)
and kept. A tool that is not there, or refuses a work, is named with its reason. Prints a Markdown table; with --out DIR it is kept there as
table.md, beside bars.svg, machine.json and every run in runs.jsonl. Needs root. The layerctl of $LAYERCTL is taken, or that of $PATH.
SUITE and MIRROR choose another Debian for the images.
"""
import argparse
import contextlib
import json
import os
import pathlib
import pwd
import sys

from bench import images as library
from bench import machine, report, scratch
from bench.archive import FORMS
from bench.meter import Meter
from bench.runner import STORED, WORKS, Runner, out_directory
from bench.tools import FLOORS, OURS, PEERS, Place


def chosen(text, known, what):
    """A list of names with commas between; all where nothing is said."""
    names = [name for name in (text or "").split(",") if name] or list(known)
    for name in names:
        if name not in known:
            sys.exit(f"peers.py: no {what} '{name}': {', '.join(known)}")
    return names


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--images", default="/var/tmp/layerctl-bench-images", metavar="DIR", help="where the images are kept")
    parser.add_argument("--images-only", metavar="NAME,…", help=", ".join(library.RECIPES))
    parser.add_argument("--forms", metavar="FORM,…", help=", ".join(FORMS))
    parser.add_argument("--only", metavar="WORK,…", help=", ".join(WORKS))
    parser.add_argument("--containers-of", metavar="NAME,…", default="small,debian,python-app",
                        help="of which images what needs containers is measured (default: %(default)s)")
    parser.add_argument("--peers", metavar="NAME,…", help=", ".join(PEERS) + "; none for none")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--on", default="ext4", choices=("ext4", "xfs", "btrfs", "tmpfs"))
    parser.add_argument("--size", default="40G", help="of the file system, which takes only what is written (default: %(default)s)")
    parser.add_argument("--out", metavar="DIR")
    parser.add_argument("--make-only", action="store_true", help="make the images and end")
    return parser.parse_args()


def unprivileged():
    """Somebody who may nothing, for what needs nothing."""
    who = pwd.getpwnam("nobody")
    return f"{who.pw_uid}:{who.pw_gid}"


def measure(runner, images, forms, works, containers):
    for image in images:
        for form in forms:
            if {"load", "again"} & set(works) and (form == "docker" or "load" in works):
                runner.load(image, form, works)
        for form in forms:
            if "history" in works:
                runner.history(image, form)
        if image.name in containers:
            runner.stored(image, works)
    if "startup" in works:
        runner.startup()


def main():
    options = parse()
    names = chosen(options.images_only, library.RECIPES, "image")
    forms, works = chosen(options.forms, FORMS, "form"), chosen(options.only, WORKS, "work")
    peers = [] if options.peers == "none" else chosen(options.peers, PEERS, "peer")
    scratch.enter("peers.py")
    try:
        images = library.get(names, options.images)
    except RuntimeError as error:
        sys.exit(f"peers.py: {error}")
    if options.make_only:
        return 0
    with contextlib.ExitStack() as stack:
        fs = stack.enter_context(scratch.file_system(options.on, options.size))
        # Sockets' names are short.
        work = stack.enter_context(scratch.directory("lb-", "/tmp"))
        os.chmod(work, 0o755)
        place = Place(fs, work, Meter(work), unprivileged(), FORMS)
        facts = machine.facts(options.on)
        sink = open(pathlib.Path(out_directory(options.out)) / "runs.jsonl", "a" if options.out else "w") if options.out else open(os.devnull, "w")
        stack.enter_context(sink)
        tools = [make(place) for make in (*OURS, *(PEERS[name] for name in peers), *FLOORS)]
        runner = Runner(place, tools, options.rounds, sink)
        stack.callback(runner.stop)
        runner.start()
        was_interrupted = False
        try:
            measure(runner, images, forms, works, chosen(options.containers_of, library.RECIPES, "image") if set(works) & set(STORED) else ())
        except KeyboardInterrupt:
            was_interrupted = True
            print("interrupted: what was measured until here follows", file=sys.stderr)
        text = report.markdown(runner, tools, facts, images)
        if options.out:
            out = pathlib.Path(options.out)
            (out / "table.md").write_text(text)
            (out / "bars.svg").write_text(report.plot(runner, tools))
            (out / "machine.json").write_text(json.dumps({**facts, "versions": runner.versions}, indent=1) + "\n")
        print(text)
    return 130 if was_interrupted else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
