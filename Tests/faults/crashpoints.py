#!/usr/bin/env python3
"""Kills commands at every system call that changes something, before it and after it, and looks at what is left.

For each point, on a copy of a small store in memory: every list works; all data is what was stored (check --data, or verify --all before
there is check); nothing is lost that was there, or that the command had reported; what was interrupted is whole or absent; the command can be
run again; and then the store has the bytes and inodes that it would have. At some points what cleans up is killed as well, at its calls."""
import itertools, os

import scenarios
from interruption import Interruption
from toolbox import (
    Tally, compile_tools, copy_tree, enter_scratch, in_parallel, must, parse_arguments, remove_tree, sample,
)

KILLS = (("before", "-k"), ("after", "-K"))


def try_point(interruption, tally, number, when, option, recoveries):
    name = f"{when}-{number}"
    what = f"{interruption.scenario.name}: killed {when} call {number}"
    root = interruption.copy(name)
    try:
        done, _, hit = interruption.harm(root, interruption.words, option, str(number))
        if not hit:
            tally.note("that came too late")
        crashed = root + "-crashed"
        if recoveries and done.status == 137 and interruption.scenario.is_copied:
            copy_tree(root, crashed)
        tally.attempt(f"{what} ({hit})", lambda: finish(interruption, root, done))
        if os.path.exists(crashed):
            recover(interruption, tally, what, hit, crashed, recoveries)
    finally:
        interruption.remove(name)


def finish(interruption, root, done):
    now = interruption.check(root, is_acknowledged=bool(done.output))
    interruption.check_collected(root, now)
    interruption.make_good(root, now)


def recover(interruption, tally, what, hit, crashed, recoveries):
    """Kills what cleans up after the crash."""
    words = scenarios.recovery()
    trial = crashed + "-trial"

    def start():
        remove_tree(trial)
        copy_tree(crashed, trial)

    start()
    _, total, _ = interruption.harm(trial, words, "-c")
    points = list(itertools.product(range(1, total + 1), KILLS))
    step = max(1, len(points) // recoveries)
    for number, (when, option) in points[::step]:
        start()
        _, _, second = interruption.harm(trial, words, option, str(number))
        tally.note("kills of what cleans up")
        if interruption.scenario.is_once:
            # Two names of a file may be two files until somebody ends what was begun.
            must(trial, words)
        tally.attempt(
            f"{what} ({hit}), then {' '.join(words)} {when} call {number} ({second})",
            lambda: interruption.make_good(trial, interruption.check(trial)),
        )


def main():
    arguments = parse_arguments(__doc__, recoveries=(int, 4, "kills of what cleans up, at each tenth point"))
    scratch = enter_scratch()
    crashpoint, _ = compile_tools(scratch)
    base, places = scenarios.make_store(scratch)
    tally = Tally("crash points")
    for scenario in scenarios.scenarios(arguments.only, arguments.commands, arguments.seed):
        interruption = Interruption(scenario, base, places, scratch, crashpoint)
        total = interruption.count()
        points = sample(itertools.product(range(1, total + 1), KILLS), arguments)
        print(f"{scenario.name}: {total} calls, {len(points)} points", flush=True)
        in_parallel(
            [
                lambda number=number, kill=kill, recoveries=arguments.recoveries if at % 10 == 0 else 0: try_point(
                    interruption, tally, number, *kill, recoveries
                )
                for at, (number, kill) in enumerate(points)
            ],
            arguments.jobs,
        )
        remove_tree(interruption.base)
    tally.finish()


if __name__ == "__main__":
    main()
