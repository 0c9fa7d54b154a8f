"""Plots as SVG, written here: bars side by side, and lines over a logarithmic scale. They follow the reader's light or dark page."""
import math
from xml.sax.saxutils import escape

STYLE = """<style>
text { font: 12px system-ui, sans-serif; fill: #24292f } .title { font-size: 15px; font-weight: 600 } .group { font-weight: 600 } .soft { fill: #57606a }
.ours { fill: #0a69c8 } .peer { fill: #9aa4af } .unpacker { fill: #c5ccd3 } .floor { fill: #3f9b55 } .spread, .axis { stroke: #57606a; fill: none } .grid { stroke: #d0d7de }
.line { fill: none; stroke-width: 2 } .page { fill: #ffffff }
@media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .soft { fill: #9aa4af } .ours { fill: #4ea1ff } .peer { fill: #6e7681 } .unpacker { fill: #484f58 }
.floor { fill: #56b870 } .spread, .axis { stroke: #9aa4af } .grid { stroke: #30363d } .page { fill: #0d1117 } }
</style>"""
COLOURS = ("#0a69c8", "#bf5b16", "#3f9b55", "#8b5cc7", "#b3446c", "#7a7f87")
# Widths in pixels: names, bars, and the figure behind a bar.
NAMES, BARS, FIGURES, ROW, GAP = 170, 480, 130, 20, 46


def seconds(value):
    """A time as people write it."""
    if value < 0.0995:
        return f"{value * 1000:.1f} ms" if value < 0.00995 else f"{value * 1000:.0f} ms"
    return f"{value:.2f} s" if value < 10 else f"{value:.1f} s"


def time_tick(value):
    """A power of ten of seconds, for an axis."""
    return f"{value:g} s" if value >= 1 else f"{value * 1000:g} ms" if value >= 0.001 else f"{value * 1e6:g} µs"


def page(width, height, title, body):
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img">',
             f"<title>{escape(title)}</title>", STYLE, f'<rect class="page" width="{width}" height="{height}"/>', *body, "</svg>"]
    return "\n".join(lines) + "\n"


def bars(title, groups):
    """Groups of (title, rows), each row (label, middle, lowest, highest, kind); every group has a scale of its own."""
    height = 40 + sum(GAP + ROW * len(rows) for _, rows in groups)
    body, y = [f'<text class="title" x="12" y="26">{escape(title)}</text>'], 40
    for heading, rows in groups:
        largest = max((row[3] for row in rows), default=1) or 1
        body.append(f'<text x="12" y="{y + 24}" class="group">{escape(heading)}</text>')
        y += 34
        for label, middle, lowest, highest, kind in rows:
            length, low, high = (BARS * value / largest for value in (middle, lowest, highest))
            centre = y + ROW / 2
            body += [
                f'<text x="{NAMES - 8}" y="{centre + 4}" text-anchor="end">{escape(label)}</text>',
                f'<rect class="{kind}" x="{NAMES}" y="{y + 3}" width="{max(length, 1):.1f}" height="{ROW - 6}"/>',
                f'<path class="spread" d="M{NAMES + low:.1f} {centre}H{NAMES + high:.1f}M{NAMES + low:.1f} {centre - 4}v8'
                f'M{NAMES + high:.1f} {centre - 4}v8"/>',
                f'<text class="soft" x="{NAMES + max(high, 1) + 8:.1f}" y="{centre + 4}">{seconds(middle)}</text>',
            ]
            y += ROW
        y += GAP - 34
    return page(NAMES + BARS + FIGURES, height, title, body)


def powers(lowest, highest):
    return [10.0 ** power for power in range(math.floor(math.log10(lowest)), math.ceil(math.log10(highest)) + 1)]


def short(value):
    """A count as an axis has room for it."""
    for limit, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if value >= limit:
            return f"{value / limit:g}{letter}"
    return f"{value:g}"


def lines(title, across, up, series, write_y=short):
    """Series of (label, [(x, y)]) over two logarithmic scales; `across` and `up` name them."""
    points = [(x, y) for _, line in series for x, y in line if x > 0 and y > 0]
    if not points:
        return page(640, 60, title, [f'<text class="title" x="12" y="26">{escape(title)}: nothing was measured</text>'])
    left, top, width, height = 78, 48, 540, 300
    x_ticks, y_ticks = powers(*(f(x for x, _ in points) for f in (min, max))), powers(*(f(y for _, y in points) for f in (min, max)))

    def spread(value, ticks, length):
        lowest, highest = math.log10(ticks[0]), math.log10(ticks[-1])
        return length * (math.log10(value) - lowest) / ((highest - lowest) or 1)

    body = [f'<text class="title" x="12" y="26">{escape(title)}</text>']
    for tick in y_ticks:
        y = top + height - spread(tick, y_ticks, height)
        body.append(f'<path class="grid" d="M{left} {y:.1f}h{width}"/>'
                    f'<text class="soft" x="{left - 6}" y="{y + 4:.1f}" text-anchor="end">{escape(write_y(tick))}</text>')
    for tick in x_ticks:
        x = left + spread(tick, x_ticks, width)
        body.append(f'<path class="grid" d="M{x:.1f} {top}v{height}"/>'
                    f'<text class="soft" x="{x:.1f}" y="{top + height + 18}" text-anchor="middle">{short(tick)}</text>')
    for number, (label, line) in enumerate(series):
        colour = COLOURS[number % len(COLOURS)]
        places = [(left + spread(x, x_ticks, width), top + height - spread(y, y_ticks, height)) for x, y in line if x > 0 and y > 0]
        body.append(f'<polyline class="line" stroke="{colour}" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in places)}"/>')
        body += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in places]
        y = top + height + 62 + 18 * number
        body.append(f'<path d="M{left} {y - 4}h18" stroke="{colour}" stroke-width="3"/><text x="{left + 26}" y="{y}">{escape(label)}</text>')
    body.append(f'<text class="soft" x="{left + width / 2}" y="{top + height + 38}" text-anchor="middle">{escape(across)}</text>'
                f'<text class="soft" x="{left}" y="{top - 8}">{escape(up)}</text>')
    return page(left + width + 30, top + height + 70 + 18 * len(series), title, body)
