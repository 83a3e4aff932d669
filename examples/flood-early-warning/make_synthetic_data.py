#!/usr/bin/env python3
"""Writes the synthetic data set in data/: three invented catchments, three years, CAMELS-US layout.

No number in it was measured. A weather generator with a fixed seed makes the forcing; the discharge
comes from the same model as the example's, run with a different (true) precipitation and parameters
that calibration must find, plus a gauge's error. Gaps, -999 and an exchanged pair of temperatures
are put in on purpose.  Usage: make_synthetic_data.py [FOLDER]
"""
from __future__ import annotations

import os
import sys
from datetime import date, timedelta
from math import cos, exp, pi
from random import Random

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "scripts"))
sys.dont_write_bytecode = True

from camels import CUBIC_FOOT  # noqa: E402
from hydrology import Weather, extraterrestrial_radiation, pet_oudin  # noqa: E402

FIRST, DAYS = date(2000, 1, 1), 1096
HEADER = "Year Mnth Day Hr dayl(s) prcp(mm/day) srad(W/m2) swe(mm) tmax(C) tmin(C) vp(Pa)"
CATCHMENTS = {
    "99000001": {
        "name": "Alder Brook (synthetic)", "latitude": 44.0, "elevation": 180.0, "area": 212e6,
        "mean": 7.5, "swing": 11.0, "wet": 0.42, "amount": 8.5, "year": (1.0, 0.95, 1.1),
        "storms": {date(2000, 9, 18): 62, date(2001, 5, 9): 48, date(2002, 10, 15): 58, date(2002, 10, 16): 41},
        "parameters": {"x1": 240.0, "x2": -0.8, "x3": 60.0, "x4": 1.5, "ctg": 0.3, "kf": 4.0}},
    "99000002": {
        "name": "Birch River (synthetic)", "latitude": 46.5, "elevation": 640.0, "area": 655e6,
        "mean": 3.5, "swing": 13.5, "wet": 0.45, "amount": 7.5, "year": (1.0, 0.9, 1.3),
        "storms": {date(2000, 4, 21): 35, date(2001, 10, 2): 40, date(2002, 4, 16): 46},
        "parameters": {"x1": 380.0, "x2": -0.3, "x3": 110.0, "x4": 2.3, "ctg": 0.6, "kf": 3.2}},
    "99000003": {
        "name": "Cedar Creek (synthetic)", "latitude": 38.5, "elevation": 240.0, "area": 98e6,
        "mean": 12.5, "swing": 10.5, "wet": 0.33, "amount": 10.0, "year": (1.05, 1.1, 0.5),
        "storms": {date(2000, 8, 6): 70, date(2001, 3, 20): 55},
        "parameters": {"x1": 320.0, "x2": -1.0, "x3": 35.0, "x4": 1.2, "ctg": 0.2, "kf": 4.5}},
}


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else os.path.join(HERE, "data")
    os.makedirs(folder, exist_ok=True)
    for gauge, c in CATCHMENTS.items():
        write(folder, gauge, c, Random(f"flood-early-warning/{gauge}"))


def weather(c, random):
    """(precipitation, tmin, tmax) of each day: a wet-dry chain, gamma amounts, a seasonal mean."""
    precip, tmin, tmax = [], [], []
    wet, anomaly = False, 0.0
    for n in range(DAYS):
        day = FIRST + timedelta(n)
        season = cos(2 * pi * (day.timetuple().tm_yday - 200) / 365.25)
        wet = random.random() < (c["wet"] + 0.22 if wet else c["wet"] - 0.12)
        amount = random.gammavariate(0.75, c["amount"] / 0.75) * c["year"][day.year - 2000] if wet else 0.0
        precip.append(amount + c["storms"].get(day, 0.0))
        anomaly = 0.75 * anomaly + random.gauss(0.0, 2.4)
        mean = c["mean"] + c["swing"] * season + anomaly
        half = max(1.5, random.gauss(3.5 if wet else 6.0, 1.2))
        tmin.append(mean - half)
        tmax.append(mean + half)
    return precip, tmin, tmax


def write(folder, gauge, c, random):
    days = [FIRST + timedelta(n) for n in range(DAYS)]
    precip, tmin, tmax = weather(c, random)
    pet = [pet_oudin(c["latitude"], d.timetuple().tm_yday, (a + b) / 2) for d, a, b in zip(days, tmin, tmax)]
    true_precip = [p * exp(random.gauss(0.0, 0.18)) for p in precip]
    flow = Weather(true_precip, tmin, tmax, pet).discharge(c["parameters"])
    flow = [max(0.02, q) * exp(random.gauss(0.0, 0.06)) for q in flow]
    precip, missing_forcing, missing_flow, absent_flow = spoil(gauge, precip, tmin, tmax)

    with open(os.path.join(folder, f"{gauge}_lump_cida_forcing_leap.txt"), "w", encoding="ascii") as f:
        f.write(f"{c['latitude']:7.2f}\n{c['elevation']:7.2f}\n{c['area']:10.0f}\n{HEADER}\n")
        for n, d in enumerate(days):
            if n in missing_forcing:
                continue
            f.write(f"{d.year} {d.month:02d} {d.day:02d} 12\t{day_length(c, d):.2f}\t{precip[n]:.2f}\t"
                    f"{radiation(c, d):.2f}\t0.00\t{tmax[n]:.2f}\t{tmin[n]:.2f}\t{vapour(tmin[n]):.2f}\n")
    with open(os.path.join(folder, f"{gauge}_streamflow_qc.txt"), "w", encoding="ascii") as f:
        for n, d in enumerate(days):
            if n in absent_flow:
                continue
            cubic_feet = flow[n] * c["area"] / 1000.0 / 86400.0 / CUBIC_FOOT
            frozen = tmax[n] < -6.0
            value, flag = (-999.0, "M") if n in missing_flow else (cubic_feet, "A:e" if frozen else "A")
            f.write(f"{gauge} {d.year} {d.month:02d} {d.day:02d} {value:8.2f} {flag}\n")


def spoil(gauge, precip, tmin, tmax):
    """The faults that cleaning has to find; all of them are stated in data/README.md."""
    def span(first, days):
        start = (first - FIRST).days
        return set(range(start, start + days))

    missing_forcing, missing_flow, absent_flow = set(), set(), set()
    precip = list(precip)
    if gauge == "99000001":
        missing_flow = span(date(2000, 11, 3), 12) | span(date(2002, 2, 10), 9)
        absent_flow = span(date(2001, 7, 20), 5)
    elif gauge == "99000002":
        missing_forcing = span(date(2001, 8, 5), 3)
        for n in span(date(2000, 6, 11), 4):
            precip[n] = -999.0
        missing_flow = span(date(2002, 8, 1), 6)
    else:
        n = (date(2001, 6, 2) - FIRST).days
        tmin[n], tmax[n] = tmax[n], tmin[n]
        missing_flow = span(date(2000, 2, 1), 3)
    return precip, missing_forcing, missing_flow, absent_flow


def day_length(c, day):
    return 43200.0 + 3600.0 * 0.09 * c["latitude"] * cos(2 * pi * (day.timetuple().tm_yday - 172) / 365.25)


def radiation(c, day):
    return 0.55 * extraterrestrial_radiation(c["latitude"], day.timetuple().tm_yday) * 1e6 / day_length(c, day)


def vapour(tmin):
    return 610.8 * exp(17.27 * tmin / (tmin + 237.3))


if __name__ == "__main__":
    main()
