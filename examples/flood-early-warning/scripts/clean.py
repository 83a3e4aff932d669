"""Step `clean`: reads the two files of a gauge, checks and cleans them, and says what it did.

Forcing must be complete to drive a model: gaps of temperature are interpolated, gaps of
precipitation take the mean of the calendar month, and both are counted in the report. Observed
discharge is never filled: a missing day is left out of calibration and scores.
"""
from __future__ import annotations

import argparse
from datetime import timedelta

import camels
from command import InputError, parse_day, run, write_json
from hydrology import pet_oudin
from series import write_record

LONGEST_GAP = 30  # days of forcing that may be filled in one piece
FEWEST_OBSERVED = 180  # observed days that the training period must have
AREA_DIFFERENCE = 0.02


def main():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("gauge", "name", "forcing", "streamflow", "train-first", "train-last", "watch-first", "watch-last"):
        p.add_argument("--" + name, required=True)
    p.add_argument("--area", type=float, help="catchment area in km², in place of the forcing file's")
    a = p.parse_args()
    train = parse_day(a.train_first, "train first"), parse_day(a.train_last, "train last")
    watch = parse_day(a.watch_first, "watch first"), parse_day(a.watch_last, "watch last")
    if not train[0] < train[1] < watch[0] < watch[1]:
        raise InputError("periods: expected train first < train last < watch first < watch last, found "
                         + ", ".join(d.isoformat() for d in train + watch))

    head, forcing, repeated_forcing = camels.read_forcing(a.forcing)
    flows, repeated_flows = camels.read_streamflow(a.streamflow, a.gauge)
    days = [train[0] + timedelta(n) for n in range((watch[1] - train[0]).days + 1)]
    if not forcing or min(forcing) > train[1] or max(forcing) < watch[0]:
        span = f"{min(forcing)} to {max(forcing)}" if forcing else "no days"
        raise InputError(f"{a.forcing}: the forcing covers {span}, but {days[0]} to {days[-1]} is asked for")

    notes = []
    area = head["area_km2"]
    if a.area:
        if abs(a.area / area - 1.0) > AREA_DIFFERENCE:
            notes.append(f"Catchment area: {a.area:g} km² is used; the forcing file says {area:.1f} km².")
        area = a.area
    precip, tmax, tmin, swapped = values_of(days, forcing)
    filled_precip = fill(precip, lambda gap: fill_with_month(days, precip, gap), days, a.forcing, "prcp")
    filled_tmax = fill(tmax, lambda gap: interpolate(tmax, gap), days, a.forcing, "tmax")
    filled_tmin = fill(tmin, lambda gap: interpolate(tmin, gap), days, a.forcing, "tmin")
    flow = [None if d not in flows or flows[d][1] is None else camels.mm_per_day(flows[d][1], area) for d in days]

    observed_training = sum(q is not None for d, q in zip(days, flow) if d <= train[1])
    if observed_training < FEWEST_OBSERVED:
        raise InputError(f"{a.streamflow}: expected at least {FEWEST_OBSERVED} observed days between {train[0]} "
                         f"and {train[1]}, found {observed_training}")
    check_runoff(a.streamflow, precip, flow)

    absent = sum(d not in flows for d in days)
    marked = sum(d in flows and flows[d][1] is None for d in days)
    estimated = sum(d in flows and flows[d][2] == "A:e" for d in days)
    count(notes, filled_precip, "of precipitation missing: filled with the mean of the calendar month")
    count(notes, max(filled_tmin, filled_tmax), "of temperature missing: interpolated")
    count(notes, swapped, "with minimum above maximum temperature: exchanged")
    count(notes, marked, "of discharge marked missing (−999 or M): left out, not filled")
    count(notes, absent, "of discharge absent from the file: left out, not filled")
    count(notes, estimated, "of discharge estimated by the agency (A:e): used as they are")
    count(notes, repeated_forcing + repeated_flows, "given twice: the first value is used")
    if not notes:
        notes.append("Complete: nothing had to be filled or left out.")

    base = a.gauge + ".clean.csv"
    rows = []
    for i, d in enumerate(days):
        pet = pet_oudin(head["latitude"], d.timetuple().tm_yday, (tmin[i] + tmax[i]) / 2.0)
        rows.append((d, precip[i], tmin[i], tmax[i], pet, flow[i]))
    write_record(base, rows)
    write_json(base + ".meta.json", {
        "gauge": a.gauge, "name": a.name, "area_km2": area,
        "latitude": head["latitude"], "elevation_m": head["elevation_m"],
        "train": {"first": a.train_first, "last": a.train_last},
        "watch": {"first": a.watch_first, "last": a.watch_last}})
    write_json(a.gauge + ".quality.json", {
        "gauge": a.gauge, "days": len(days), "observed_days": sum(q is not None for q in flow),
        "precipitation_filled": filled_precip, "temperature_filled": max(filled_tmin, filled_tmax),
        "temperature_swapped": swapped, "discharge_marked_missing": marked, "discharge_absent": absent,
        "discharge_estimated": estimated, "repeated_days": repeated_forcing + repeated_flows, "notes": notes})


def values_of(days, forcing):
    precip, tmax, tmin, swapped = [], [], [], 0
    for d in days:
        _, p, hi, lo = forcing.get(d, (0, None, None, None))
        if hi is not None and lo is not None and lo > hi:
            hi, lo = lo, hi
            swapped += 1
        precip.append(p)
        tmax.append(hi)
        tmin.append(lo)
    return precip, tmax, tmin, swapped


def fill(values, filler, days, path, what):
    """Fills every run of None in place and returns how many days that were."""
    filled, i = 0, 0
    gaps = []
    while i < len(values):
        end = i
        while end < len(values) and values[end] is None:
            end += 1
        if end > i:
            if end - i > LONGEST_GAP:
                raise InputError(f"{path}: {what} is missing from {days[i]} to {days[end - 1]} ({end - i} days); "
                                 f"at most {LONGEST_GAP} days in one piece can be filled")
            gaps.append((i, end))
            filled += end - i
        i = end + 1
    results = [(gap, filler(gap)) for gap in gaps]  # all from measured values, then put in
    for (start, end), new in results:
        values[start:end] = new
    return filled


def fill_with_month(days, precip, gap):
    means = []
    for i in range(*gap):
        month = [p for d, p in zip(days, precip) if p is not None and d.month == days[i].month]
        means.append(sum(month) / len(month) if month else 0.0)
    return means


def interpolate(values, gap):
    start, end = gap
    before = values[start - 1] if start > 0 else values[end]
    after = values[end] if end < len(values) else before
    step = (after - before) / (end - start + 1)
    return [before + step * (i + 1) for i in range(end - start)]


def check_runoff(path, precip, flow):
    """Discharge far above precipitation means wrong units or a wrong area."""
    both = [(p, q) for p, q in zip(precip, flow) if q is not None]
    ratio = sum(q for _, q in both) / max(1.0, sum(p for p, _ in both))
    if ratio > 2.0:
        raise InputError(f"{path}: discharge is {ratio:.1f} times the precipitation; "
                         "expected ft³/s in this file and the catchment area in m² on line 3 of the forcing file")


def count(notes, n, what):
    if n:
        notes.append(f"{n} day{'s' if n > 1 else ''} {what}.")


if __name__ == "__main__":
    run(main)
