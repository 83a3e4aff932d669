"""Step `draw`: the hydrograph of the watch period as a PNG: precipitation, observed and simulated
discharge, the ensemble's 90 % band and the thresholds."""
from __future__ import annotations

import argparse
import csv
from datetime import date, timedelta
from math import floor, log10

from command import InputError, read_json, run
from png import Canvas

WIDTH, HEIGHT = 1600, 800
LEFT, RIGHT = 96, 1412
RAIN_TOP, RAIN_BOTTOM = 138, 234
TOP, BOTTOM = 306, 728
INK, GREY, GRID = (28, 34, 42), (96, 106, 118), (226, 231, 237)
BLUE, PALE, RAIN = (23, 98, 171), (150, 193, 230), (110, 150, 190)
LEVEL_COLOURS = {"watch": (176, 126, 0), "warning": (201, 84, 0), "severe": (178, 24, 43)}
TEXT = 17


def main():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("--ensemble", required=True)
    p.add_argument("--status", required=True)
    p.add_argument("--thresholds", required=True)
    a = p.parse_args()
    status = read_json(a.status)
    levels = read_json(a.thresholds)["levels"]
    watch = status["watch"]
    with open(a.ensemble, encoding="utf-8", newline="") as f:
        rows = [r for r in csv.DictReader(f) if watch["first"] <= r["date"] <= watch["last"]]
    if len(rows) < 2:
        raise InputError(f"{a.ensemble}: no days between {watch['first']} and {watch['last']}")
    with open(status["gauge"] + "-hydrograph.png", "wb") as f:
        f.write(hydrograph(status, levels, rows).png())


def hydrograph(status, levels, rows):
    canvas = Canvas(WIDTH, HEIGHT)
    days = [date.fromisoformat(r["date"]) for r in rows]
    observed = [float(r["observed_m3s"]) if r["observed_m3s"] else None for r in rows]
    control, low, high = ([float(r[c]) for r in rows] for c in ("control_m3s", "p05_m3s", "p95_m3s"))
    rain = [float(r["precip_mm"]) for r in rows]
    xs = [LEFT + (i + 0.5) * (RIGHT - LEFT) / len(rows) for i in range(len(rows))]
    top = max([v for v in observed if v is not None] + high + [l["m3s"] for l in levels]) * 1.04
    step = nice_step(top / 5)
    top = step * -(-top // step)

    def y(value):
        return BOTTOM - (BOTTOM - TOP) * value / top

    for e in status["events"]:
        first = (date.fromisoformat(e["first"]) - days[0]).days
        last = (date.fromisoformat(e["last"]) - days[0]).days
        half = (RIGHT - LEFT) / len(rows) / 2
        canvas.rectangle(xs[first] - half, RAIN_TOP, xs[last] + half, BOTTOM, LEVEL_COLOURS["severe"], 0.10)
    time_axis(canvas, days, xs)
    n = 0
    while n * step <= top * 1.0001:
        canvas.rectangle(LEFT, y(n * step) - 0.75, RIGHT, y(n * step) + 0.75, GRID)
        canvas.text(LEFT - 14, y(n * step) + 8, plain(n * step, step), TEXT, GREY, "right")
        n += 1
    canvas.text(LEFT + 6, TOP - 14, "Discharge, m³/s", TEXT, GREY)

    rain_panel(canvas, rain, xs)
    canvas.band(xs, [y(v) for v in high], [y(v) for v in low], PALE, 0.75)
    threshold_lines(canvas, levels, y)
    canvas.lines([list(zip(xs, map(y, control)))], 3.4, BLUE)
    canvas.lines(unbroken(xs, observed, y), 2.6, INK)
    canvas.rectangle(LEFT, BOTTOM - 1, RIGHT, BOTTOM + 1, GREY)

    canvas.text(LEFT, 46, f"{status['name']} ({status['gauge']})", 26, INK, weight=0.145)
    watch = status["watch"]
    canvas.text(RIGHT, 46, f"{watch['first']} to {watch['last']}", TEXT + 2, GREY, "right")
    legend(canvas, status)
    return canvas


def legend(canvas, status):
    x, y = LEFT, 94
    entries = [("observed", "line", INK), ("simulated (control)", "line", BLUE),
               (f"90 % of {status['members']} members", "box", PALE), ("precipitation", "box", RAIN)]
    if status["events"]:
        entries.append(("warning issued", "tint", None))
    for text, kind, colour in entries:
        if kind == "line":
            canvas.lines([[(x + 2, y - 8), (x + 38, y - 8)]], 4, colour)
        elif kind == "box":
            canvas.rectangle(x, y - 18, x + 40, y + 2, colour, 0.9)
        else:
            canvas.rectangle(x, y - 20, x + 40, y + 4, LEVEL_COLOURS["severe"], 0.16)
        x += 54 + canvas.text(x + 54, y, text, TEXT, INK) + 44


def time_axis(canvas, days, xs):
    """A tick at each month with its name; at each year where there are many months."""
    long = len(days) > 430
    starts = [i for i, d in enumerate(days) if d.day == 1 and (not long or d.month == 1)]
    half = (xs[1] - xs[0]) / 2
    for i in starts:
        x = xs[i] - half
        if i:
            canvas.rectangle(x - 0.75, RAIN_TOP, x + 0.75, BOTTOM, GRID)
        canvas.rectangle(x - 1, BOTTOM, x + 1, BOTTOM + 10, GREY)
        d = days[i]
        span = 366 if long else ((d.replace(day=28) + timedelta(4)).replace(day=1) - d).days
        middle = x + min(span, len(days) - i) * half
        label = str(d.year) if long else d.strftime("%b") + (f" {d.year}" if d.month == 1 or i == 0 else "")
        canvas.text(middle, BOTTOM + 38, label, TEXT, GREY, "centre")


def rain_panel(canvas, rain, xs):
    most = max(max(rain), 1.0)
    step = nice_step(most / 3)
    full = step * -(-most // step)
    half = max(0.8, (xs[1] - xs[0]) / 2 - 0.4)
    canvas.rectangle(LEFT, RAIN_TOP - 0.75, RIGHT, RAIN_TOP + 0.75, GREY)
    for n in range(0, round(full / step) + 1):
        y = RAIN_TOP + (RAIN_BOTTOM - RAIN_TOP) * n * step / full
        if n:
            canvas.rectangle(LEFT, y - 0.75, RIGHT, y + 0.75, GRID)
        canvas.text(LEFT - 14, y + 8, plain(n * step, step), TEXT, GREY, "right")
    for x, p in zip(xs, rain):
        if p > 0:
            canvas.rectangle(x - half, RAIN_TOP + 1, x + half, RAIN_TOP + (RAIN_BOTTOM - RAIN_TOP) * p / full, RAIN)
    canvas.text(RIGHT + 12, RAIN_TOP + 16, "Precipitation,", TEXT - 1, GREY)
    canvas.text(RIGHT + 12, RAIN_TOP + 44, "mm/day", TEXT - 1, GREY)


def threshold_lines(canvas, levels, y):
    """Lines at their values; labels beside them, moved apart where they would touch."""
    places, below = [], BOTTOM + 6
    for l in sorted(levels, key=lambda l: l["m3s"]):
        below = min(below - 28, y(l["m3s"]) + 8) if places else min(below, y(l["m3s"]) + 8)
        places.append((l, below))
    for l, place in places:
        colour = LEVEL_COLOURS.get(l["level"], GREY)
        canvas.dashes(LEFT, RIGHT, y(l["m3s"]), 2.6, colour)
        canvas.text(RIGHT + 12, place, f"{l['level']} {l['m3s']:.3g}", TEXT - 1, colour, weight=0.14)


def unbroken(xs, values, y):
    """Polylines without the days that have no value; a single day becomes a dot."""
    found, current = [], []
    for x, v in list(zip(xs, values)) + [(0.0, None)]:
        if v is not None:
            current.append((x, y(v)))
        elif current:
            found.append(current if len(current) > 1 else current * 2)
            current = []
    return found


def nice_step(rough):
    """The next of 1, 2, 2.5, 5 times a power of ten."""
    unit = 10.0 ** floor(log10(rough))
    return next(m * unit for m in (1.0, 2.0, 2.5, 5.0, 10.0) if m * unit >= rough * 0.9999)


def plain(value, step):
    digits = max(0, -floor(log10(step))) + (1 if f"{step:e}".startswith("2.5") and step < 10 else 0)
    return f"{value:.{digits}f}"


if __name__ == "__main__":
    run(main)
