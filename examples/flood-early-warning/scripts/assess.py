"""Step `assess`: the ensemble against observations and thresholds.

A warning is due where, in the watch period, at least half of the members reach the 'warning'
threshold on some day. Skill is that of the control member, for the training period, which
calibration saw, and for the watch period, which it did not.
"""
from __future__ import annotations

import argparse
import csv

from command import at, read_json, run, write_json
from series import Record
from skill import kge, nse, peak, quantile

TRIGGER = "warning"
PROBABILITY = 0.5
BAND = (0.05, 0.95)
JOIN = 3  # days below the threshold that do not yet end an event
SKILL_HEADER = ["gauge", "name", "period", "first", "last", "observed_days", "nse", "kge",
                "peak_day", "peak_observed_m3s", "peak_simulated_m3s", "peak_error_percent",
                "peak_shift_days", "band_coverage_percent"]


def main():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("--record", required=True)
    p.add_argument("--thresholds", required=True)
    p.add_argument("members", nargs="+", help="the control first")
    a = p.parse_args()
    record = Record(a.record)
    members = [read_member(path, record) for path in a.members]
    levels = read_json(a.thresholds)["levels"]
    control = members[0]
    low, middle, high = [], [], []
    for flows in zip(*members):
        low.append(quantile(flows, BAND[0]))
        middle.append(quantile(flows, 0.5))
        high.append(quantile(flows, BAND[1]))
    chance = {l["level"]: [sum(q >= l["mm"] for q in flows) / len(flows) for flows in zip(*members)] for l in levels}

    gauge = record.meta["gauge"]
    write_ensemble(gauge + ".ensemble.csv", record, control, low, middle, high, levels, chance)
    with open(gauge + ".skill.csv", "w", encoding="utf-8", newline="") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(SKILL_HEADER)
        for period, part, name in (("calibration", record.train, "train"), ("validation", record.watch, "watch")):
            out.writerow([gauge, record.meta["name"], period, record.meta[name]["first"], record.meta[name]["last"]]
                         + score(record, part, control, low, high))
    write_json(gauge + ".status.json", status(record, levels, chance, low, middle, high, len(members)))


def read_member(path, record):
    with open(path, encoding="utf-8", newline="") as f:
        rows = list(csv.reader(f))[1:]
    if [r[0] for r in rows] != [d.isoformat() for d in record.days]:
        raise at(path, 2, f"expected one row for each of the {len(record.days)} days of {record.path}")
    return [float(r[1]) for r in rows]


def write_ensemble(path, record, control, low, middle, high, levels, chance):
    with open(path, "w", encoding="utf-8", newline="") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(["date", "precip_mm", "observed_m3s", "control_m3s", "p05_m3s", "p50_m3s", "p95_m3s"]
                     + ["chance_" + l["level"] for l in levels])
        for i, d in enumerate(record.days):
            flows = [record.flow[i], control[i], low[i], middle[i], high[i]]
            out.writerow([d.isoformat(), f"{record.precip[i]:.2f}"]
                         + ["" if q is None else f"{record.cubic_metres(q):.3f}" for q in flows]
                         + [f"{chance[l['level']][i]:.2f}" for l in levels])


def score(record, part, control, low, high):
    observed, simulated = record.flow[part], control[part]
    seen = [i for i, q in enumerate(observed) if q is not None]
    inside = sum(low[part][i] <= observed[i] <= high[part][i] for i in seen)
    top = peak(observed, simulated)
    values = [len(seen), text(nse(observed, simulated)), text(kge(observed, simulated))]
    if top is None:
        return values + [""] * 6
    when, most, found, got = top
    return values + [record.days[part][when].isoformat(), text(record.cubic_metres(most)),
                     text(record.cubic_metres(got)), text(100.0 * (got / most - 1.0) if most else None, 1),
                     found - when, text(100.0 * inside / len(seen), 1)]


def text(value, digits=3):
    return "" if value is None else f"{value:.{digits}f}"


def status(record, levels, chance, low, middle, high, members):
    start, end = record.watch.start, record.watch.stop
    trigger = next(l for l in levels if l["level"] == TRIGGER)
    warned = spells([chance[TRIGGER][i] >= PROBABILITY for i in range(start, end)], start)
    flooded = spells([record.flow[i] is not None and record.flow[i] >= trigger["mm"] for i in range(start, end)], start)
    events = []
    for first, last in warned:
        days = range(first, last + 1)
        top = max(days, key=lambda i: middle[i])
        reached = [l["level"] for l in levels if max(chance[l["level"]][i] for i in days) >= PROBABILITY]
        seen = [record.flow[i] for i in days if record.flow[i] is not None]
        hit = any(overlap((first, last), o) for o in flooded)
        events.append({
            "level": reached[-1], "first": record.days[first].isoformat(), "last": record.days[last].isoformat(),
            "peak_day": record.days[top].isoformat(), "chance": round(max(chance[TRIGGER][i] for i in days), 2),
            "p05_m3s": round(record.cubic_metres(low[top]), 2), "p50_m3s": round(record.cubic_metres(middle[top]), 2),
            "p95_m3s": round(record.cubic_metres(high[top]), 2),
            "observed_m3s": round(record.cubic_metres(max(seen)), 2) if seen else None,
            "outcome": "hit" if hit else "false alarm" if len(seen) == len(days) else "not observed in full"})
    missed = sum(not any(overlap(w, o) for w in warned) for o in flooded)
    order = [l["level"] for l in levels]
    return {"gauge": record.meta["gauge"], "name": record.meta["name"], "area_km2": record.meta["area_km2"],
            "train": record.meta["train"], "watch": record.meta["watch"], "members": members,
            "exceeded": bool(events),
            "level": max((e["level"] for e in events), key=order.index) if events else "none",
            "highest_chance": round(max(chance[TRIGGER][start:end]), 2),
            "observed_events": len(flooded), "hits": len(flooded) - missed, "misses": missed,
            "false_alarms": sum(e["outcome"] == "false alarm" for e in events), "events": events}


def overlap(a, b):
    """Spells that meet, give or take a day: daily means cannot tell an hour's difference."""
    return a[0] - 1 <= b[1] and b[0] <= a[1] + 1


def spells(flags, offset):
    """(first, last) of the runs of True, joined over short breaks."""
    found = []
    for i, flag in enumerate(flags, start=offset):
        if not flag:
            continue
        if found and i - found[-1][1] <= JOIN:
            found[-1] = (found[-1][0], i)
        else:
            found.append((i, i))
    return found


if __name__ == "__main__":
    run(main)
