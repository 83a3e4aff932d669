"""Step `read`: what a gauge has sent, held against its past.

A reading has the last days of one gauge in the layout of CAMELS-US (see `camels.py`). The layout
does not tell the unit, so discharge that is far from all that was ever seen is refused.
"""
from __future__ import annotations

import argparse

from camels import lines_of, read_streamflow
from command import InputError, at, run, write_json

MOST_DAYS = 31
FAR_ABOVE = 3.0  # times the highest that was seen; ft³/s are 0.035 m³/s, or 28 l/s
FAR_BELOW = 0.1  # times the lowest


def main():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("--reading", required=True)
    p.add_argument("histories", nargs="+")
    a = p.parse_args()
    gauge = gauge_of(a.reading)
    known = {gauge_of(path): path for path in a.histories}
    if gauge not in known:
        raise at(a.reading, 1, f"expected one of the gauges {', '.join(sorted(known))}, found '{gauge}'")
    days, _ = read_streamflow(a.reading, gauge)
    if len(days) > MOST_DAYS:
        raise InputError(f"{a.reading}: expected at most {MOST_DAYS} days, found {len(days)}")
    if days[max(days)][1] is None:
        raise at(a.reading, days[max(days)][0], "the newest day has no discharge")
    past = [flow for _, flow, _ in read_streamflow(known[gauge], gauge)[0].values() if flow is not None]
    low, high = FAR_BELOW * min(past), FAR_ABOVE * max(past)
    for line, flow, _ in days.values():
        if flow is not None and not low <= flow <= high:
            raise at(a.reading, line, f"discharge: expected {low:.1f} to {high:.0f} ft³/s at this gauge, found {flow:g}; "
                                      "is it in another unit?")
    write_json("cwl.output.json", {"gauge": gauge})


def gauge_of(path):
    lines = lines_of(path)
    if not lines or not lines[0].split():
        raise at(path, 1, "expected daily discharge, found an empty file")
    return lines[0].split()[0][:20]


if __name__ == "__main__":
    run(main)
