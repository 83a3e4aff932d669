"""Step `simulate`: one member of the ensemble, daily discharge over the whole record in mm.

Member 0 is the control: the best parameter set and the forcing as it is. Every other member takes
one of the best sets in turn and a forcing that might as well have been: precipitation times a
log-normal factor for the whole record and one that wanders from day to day, temperature plus an
offset. The random numbers depend on gauge and member alone, so a repeated run gives the same.
"""
from __future__ import annotations

import argparse
from math import exp, sqrt
from random import Random

from command import InputError, read_json, run
from hydrology import Weather
from series import Record

BIAS_SD = 0.08  # of the logarithm of the factor for the whole record
DAILY_SD = 0.35  # of the logarithm of the daily factor
DAILY_MEMORY = 0.5  # correlation of that from one day to the next
OFFSET_SD = 0.6  # °C


def main():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("--record", required=True)
    p.add_argument("--parameters", required=True, help="what `pick` wrote")
    p.add_argument("--member", type=int, required=True)
    a = p.parse_args()
    record = Record(a.record)
    sets = read_json(a.parameters)["sets"]
    if not sets:
        raise InputError(f"{a.parameters}: no parameter sets")
    weather = record.weather()
    if a.member > 0:
        weather = disturbed(record, Random(f"{record.meta['gauge']}/{a.member}"))
    flow = weather.discharge(sets[a.member % len(sets)]["parameters"])
    with open(f"member-{a.member:03d}.csv", "w", encoding="utf-8") as f:
        f.write("date,flow_mm\n")
        f.writelines(f"{d.isoformat()},{q:.5f}\n" for d, q in zip(record.days, flow))


def disturbed(record, random):
    bias = exp(random.gauss(0.0, BIAS_SD) - BIAS_SD ** 2 / 2.0)
    fresh = DAILY_SD * sqrt(1.0 - DAILY_MEMORY ** 2)
    wander = random.gauss(0.0, DAILY_SD)
    precip = []
    for p in record.precip:
        precip.append(p * bias * exp(wander - DAILY_SD ** 2 / 2.0))
        wander = DAILY_MEMORY * wander + random.gauss(0.0, fresh)
    offset = random.gauss(0.0, OFFSET_SD)
    return Weather(precip, [t + offset for t in record.tmin], [t + offset for t in record.tmax], record.pet)


if __name__ == "__main__":
    run(main)
