#!/usr/bin/env python3
"""Measures how time and memory grow with the number of files, of layers and of images in the store.

    growth.py --out DIR [--only files,layers,images] [--most N] [--rounds 3] [--page]
    growth.py --from DIR/growth.json --page

One layer of 1,000 to a million small files; 1 to 500 layers of ten files; a store of 1 to 10,000 images. Prints tables; DIR gets growth.json
and a plot of each as SVG; --page writes both into the documentation (Growth.md). Durability none, so that the disk does not hide what is
computed; stores lie on a file system made for the run. Needs root. The layerctl of $LAYERCTL is taken, or that of $PATH.
"""
import argparse
import contextlib
import json
import os
import pathlib
import statistics
import sys

from bench import chart, growing, machine, scratch
from bench.meter import Meter

CATALOGUE = scratch.HERE.parent.parent / "Sources/LayerKit/LayerKit.docc"
PAGE = """# How cost grows

Time and memory against the number of files, of layers and of images in a store.

## Overview

What is measured is in `Benchmarks/growth.py`, which also writes this page. Medians of {rounds} rounds, durability none.
{machine}
"""
SECTIONS = {
    "files": ("Files in a layer", "One layer of small files in directories of a thousand; a docker-archive."),
    "layers": ("Layers of an image", "Layers of ten files each; a docker-archive. A mount is root's, by overlayfs."),
    "images": ("Images in a store", "Each image has a layer of its own above a common one. `load` is that of an image which is there: its layers "
               "are looked at and nothing is unpacked."),
}


def summarised(samples):
    return {"wall": statistics.median(sample.wall for sample in samples), "lowest": min(sample.wall for sample in samples),
            "highest": max(sample.wall for sample in samples), "cpu": statistics.median(sample.cpu for sample in samples),
            "peak": max(sample.peak for sample in samples)}


def measure(names, most, rounds, fs, work):
    """The figures: by what grows a list of (number, {work: figures})."""
    meter, found = Meter(work), {}
    for name in names:
        found[name] = []
        for size, steps, clear in growing.SERIES[name](fs, work, most):
            print(f"{size:,} {name}", file=sys.stderr, flush=True)
            samples = {}
            for _ in range(rounds):
                for step in steps:
                    step.before()
                    scratch.sync(fs)
                    sample = meter.measure(step.command, environment=step.environment)
                    if sample.status:
                        raise RuntimeError(f"{step.title} at {size:,} {name}: {sample.errors}")
                    samples.setdefault(step.title, []).append(sample)
                    step.after()
            clear()
            found[name].append((size, {title: summarised(each) for title, each in samples.items()}))
    return found


def memory(value):
    return f"{value / 1e6:.0f} MB"


def table(name, rows):
    works = list(rows[0][1])
    yield f"| {name} | " + " | ".join(f"{work}, time | memory" for work in works) + " |"
    yield "|---|" + "---|---|" * len(works)
    for size, figures in rows:
        cells = [f"{chart.seconds(figures[work]['wall'])} | {memory(figures[work]['peak'])}" for work in works]
        yield f"| {size:,} | " + " | ".join(cells) + " |"


def plots(name, rows):
    """The plots of what grows, by file name."""
    for field, word, write in (("wall", "seconds", chart.time_tick), ("peak", "memory", memory)):
        series = [(work, [(size, figures[work][field]) for size, figures in rows]) for work in rows[0][1]]
        title = f"{SECTIONS[name][0]}: {'time' if field == 'wall' else 'peak memory'}"
        yield f"growth-{name}-{word}.svg", chart.lines(title, name, word, series, write)


def write_page(found):
    """Growth.md and its plots in the documentation."""
    text = [PAGE.format(rounds=found["rounds"], machine=machine.sentence(found["machine"]))]
    resources = CATALOGUE / "Resources"
    resources.mkdir(exist_ok=True)
    for name, rows in found["figures"].items():
        title, words = SECTIONS[name]
        text += ["", f"## {title}", "", words, "", *table(name, rows)]
        for file, plot in plots(name, rows):
            (resources / file).write_text(plot)
            text += ["", f"![{title}: {'time' if 'seconds' in file else 'memory'} against {name}]({file})"]
    (CATALOGUE / "Growth.md").write_text("\n".join(text) + "\n")


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default=",".join(growing.SERIES))
    parser.add_argument("--most", type=int, default=1_000_000, help="stop at so many of anything")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--on", default="ext4", choices=("ext4", "xfs", "btrfs", "tmpfs"))
    parser.add_argument("--size", default="40G")
    parser.add_argument("--out", type=pathlib.Path)
    parser.add_argument("--from", dest="source", type=pathlib.Path, help="figures that were kept, instead of measuring")
    parser.add_argument("--page", action="store_true", help="write the page of the documentation")
    options = parser.parse_args()
    unknown = [name for name in options.only.split(",") if name not in growing.SERIES]
    if unknown:
        parser.error(f"nothing called {', '.join(unknown)} grows: {', '.join(growing.SERIES)}")
    return options


def main():
    options = parse()
    if options.source:
        found = json.loads(options.source.read_bytes())
    else:
        scratch.enter("growth.py")
        with contextlib.ExitStack() as stack:
            fs = stack.enter_context(scratch.file_system(options.on, options.size))
            work = stack.enter_context(scratch.directory("layerctl-growth-"))
            found = {"machine": machine.facts(options.on), "rounds": options.rounds}
            found["figures"] = measure(options.only.split(","), options.most, options.rounds, fs, work)
    for name, rows in found["figures"].items():
        print("\n".join(["", f"{SECTIONS[name][0]}", "", *table(name, rows)]))
    if options.out:
        os.makedirs(options.out, exist_ok=True)
        (options.out / "growth.json").write_text(json.dumps(found, indent=1) + "\n")
        for name, rows in found["figures"].items():
            for file, plot in plots(name, rows):
                (options.out / file).write_text(plot)
    if options.page:
        write_page(found)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
