"""Step `forecast`: the level of the days ahead, from the model and the newest reading.

Each parameter set simulates up to two days after the reading. What it misses on the day that was
read is put right on that day, by half on the next one and by a quarter on the one after: the
simplest form of output updating. The level is the highest of the three medians. The weather of the
days ahead is that of the record, as if a weather forecast were perfect.
"""
from __future__ import annotations

import argparse

import camels
from command import InputError, read_json, run, write_json
from series import Record
from skill import quantile

AHEAD = 2  # days
MEMORY = 0.5  # of an error from one day to the next
TRIGGER = "warning"


def main():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("reading", "record", "parameters", "thresholds"):
        p.add_argument("--" + name, required=True)
    a = p.parse_args()
    record = Record(a.record)
    gauge, river = record.meta["gauge"], record.meta["name"]
    days, _ = camels.read_streamflow(a.reading, gauge)
    today = max(days)
    if today not in record.days[record.watch]:
        raise InputError(f"{a.reading}: expected a reading between {record.days[record.watch][0]} and "
                         f"{record.days[-1]}, for which there is weather, found {today}")
    now = record.days.index(today)
    read = camels.mm_per_day(days[today][1], record.meta["area_km2"])
    weather = record.weather()
    members = [ahead(weather.discharge(s["parameters"])[now:now + AHEAD + 1], read)
               for s in read_json(a.parameters)["sets"]]
    medians = [quantile(flows, 0.5) for flows in zip(*members)]
    top = medians.index(max(medians))
    level = round(record.cubic_metres(medians[top]), 1)
    threshold = round(next(l["m3s"] for l in read_json(a.thresholds)["levels"] if l["level"] == TRIGGER), 1)
    day = record.days[now + top].isoformat()
    write_json("cwl.output.json", {
        "river": river, "day": day, "level": level, "threshold": threshold, "exceeded": level >= threshold,
        "text": f"{river}, gauge {gauge}: {level} m³/s expected on {day}; {record.cubic_metres(read):.1f} m³/s were read "
                f"on {today}; warnings begin at {threshold} m³/s."})


def ahead(simulated, read):
    """Simulated discharge from the day of the reading on, put right by the reading."""
    missed = read - simulated[0]
    return [max(0.0, q + missed * MEMORY ** n) for n, q in enumerate(simulated)]


if __name__ == "__main__":
    run(main)
