"""Tables and plots of a run."""
from bench import chart, machine
from bench.archive import FORMS
from bench.runner import WORKS, medians

WORDS = {
    "load": "load", "again": "load again", "history": "history of an archive", "inspect": "inspect in the store", "mount": "mount",
    "diff-10": "diff of 10 changes", "diff-10000": "diff of 10,000 changes", "commit-10": "commit of 10 changes",
    "commit-10000": "commit of 10,000 changes", "save": "save, docker-archive", "save-gzip": "save, oci, gzip", "checkout": "checkout without privilege",
    "startup": "start-up",
}


def title(cell):
    return " ".join(part for part in (WORDS[cell.work], cell.image) if part) + (f", {FORMS[cell.form]}" if cell.form else "")


def ordered(results):
    return sorted(results, key=lambda cell: (WORKS.index(cell.work), list(results).index(cell)))


class Table:
    """A cell's figures: rows (name, kind, waits, medians) in the order of time, and what they are compared with."""

    def __init__(self, runs, tools):
        self.rows = sorted(((tool.name, tool.kind, tool.waits, medians(runs[tool.name])) for tool in tools if tool.name in runs),
                           key=lambda row: row[3][0])
        self.best = next((row for row in self.rows if row[1] == "peer"), None)
        self.floors = {row[2]: row[3][0] for row in self.rows if row[1] == "floor"}
        self.ours = {row[2]: row for row in self.rows if row[1] == "ours"}

    def beside_best(self, row):
        return f"{self.best[3][0] / row[3][0]:.2g}×" if self.best and row[3][0] else ""

    def beside_floor(self, row):
        floor = self.floors.get(row[2]) or self.floors.get(False)
        return f"{row[3][0] / floor:.2f}" if floor else ""


def figure(value):
    return f"{value:.4f}" if value < 0.02 else f"{value:.3f}"


def cell_table(table, versions):
    yield "| tool | seconds | lowest … highest | CPU seconds | peak memory | as fast as the best peer | of the floor |"
    yield "|---|---|---|---|---|---|---|"
    for row in table.rows:
        name, kind, _, (middle, low, high, cpu, peak) = row
        words = f"{name} {versions.get(name, '')}".strip() if kind in ("peer", "unpacker") else f"**{name}**" if kind == "ours" else name
        yield (f"| {words} | {figure(middle)} | {figure(low)} … {figure(high)} | {cpu:.3f} | {peak / 1e6:.0f} MB | "
               f"{table.beside_best(row)} | {table.beside_floor(row)} |")


def summary(tables):
    """One line for each cell: ours, the best of the others, the floor."""
    yield "| work | layerctl, durability none | full | best peer | none, full beside it | floor, with syncfs | none, full of it |"
    yield "|---|---|---|---|---|---|---|"
    for cell, table in tables.items():
        ours = [table.ours.get(waits) for waits in (False, True)]
        seconds = [chart.seconds(row[3][0]) if row else "" for row in ours]
        peer = f"{table.best[0]} {chart.seconds(table.best[3][0])}" if table.best else "nobody"
        floors = ", ".join(chart.seconds(table.floors[waits]) for waits in (False, True) if waits in table.floors)
        beside, of = (", ".join(method(row) for row in ours if row and method(row)) for method in (table.beside_best, table.beside_floor))
        yield f"| {title(cell)} | {seconds[0]} | {seconds[1]} | {peer} | {beside} | {floors} | {of} |"


def left_out(refused, cell, tools):
    """Who was not measured, by the reason; the floor is no tool that could be."""
    by_reason = {}
    for tool in tools:
        reason = refused.get((cell, tool.name))
        if reason and tool.kind != "floor":
            by_reason.setdefault(reason, []).append(tool.name)
    return "; ".join(f"{', '.join(names)} ({reason})" for reason, names in by_reason.items())


def markdown(runner, tools, facts, images):
    """The whole report."""
    tables = {cell: Table(runner.results[cell], tools) for cell in ordered(runner.results)}
    lines = [f"Medians of {runner.rounds} interleaved rounds. {machine.sentence(facts)}", ""]
    lines += [f"- {image.name}: {image.facts()['layers']} layers, {image.facts()['entries']:,} entries, {image.facts()['bytes'] / 1e6:,.1f} MB"
              for image in images]
    lines += ["", "CPU and memory of daemons are in their tools' figures (of their children that ended before the tool did, only the CPU). "
              "layerctl of durability full and the floor with syncfs end when all is on the disk; the others end as they do.", "", *summary(tables)]
    for cell, table in tables.items():
        lines += ["", f"### {title(cell)}", "", *cell_table(table, runner.versions)]
        reasons = left_out(runner.refused, cell, tools)
        if reasons:
            lines += ["", f"Not measured: {reasons}."]
    notes = [f"{tool.name}: {tool.note}" for tool in tools if tool.note and tool.name in runner.versions]
    if notes:
        lines += ["", "What the tools do: " + "; ".join(notes) + "."]
    absent = [f"{name} {reason}" for (cell, name), reason in runner.refused.items() if cell is None]
    if absent:
        lines += ["", "Not in this run: " + "; ".join(absent) + "."]
    return "\n".join(lines) + "\n"


def plot(runner, tools):
    groups = [(title(cell), [(name, *values[:3], kind) for name, kind, _, values in Table(runner.results[cell], tools).rows])
              for cell in ordered(runner.results)]
    return chart.bars("layerctl beside its peers: median, lowest and highest of "
                      f"{runner.rounds} rounds", groups)
