"""Step `bulletin`: the text of a flood warning. It runs only for a catchment that needs one."""
from __future__ import annotations

import argparse

from command import InputError, read_json, run

RULE = "-" * 72


def main():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("--status", required=True)
    p.add_argument("--thresholds", required=True)
    a = p.parse_args()
    status = read_json(a.status)
    if not status["events"]:
        raise InputError(f"{a.status}: a bulletin was asked for, but no event reaches the threshold")
    levels = read_json(a.thresholds)["levels"]
    with open(status["gauge"] + "-warning.txt", "w", encoding="utf-8") as f:
        f.write("\n".join(text(status, levels)) + "\n")


def text(status, levels):
    watch = status["watch"]
    yield f"FLOOD WARNING BULLETIN    {status['name']} (gauge {status['gauge']})"
    yield f"Watch period {watch['first']} to {watch['last']}    highest level: {status['level'].upper()}"
    yield "A demonstration with past weather as forcing: not an operational forecast."
    yield RULE
    yield "Thresholds, daily mean discharge:"
    for l in levels:
        yield f"  {l['level']:<8} {l['m3s']:>9.2f} m³/s   ({l['meaning']})"
    yield RULE
    yield f"{len(status['events'])} event(s) with at least half of {status['members']} members at or above 'warning':"
    for n, e in enumerate(status["events"], start=1):
        days = e["first"] if e["first"] == e["last"] else f"{e['first']} to {e['last']}"
        yield ""
        yield f"  {n}. {days}   level {e['level'].upper()}, chance of 'warning' {e['chance']:.0%}"
        yield (f"     peak on {e['peak_day']}: median {e['p50_m3s']:.1f} m³/s "
               f"(90 % band {e['p05_m3s']:.1f} to {e['p95_m3s']:.1f})")
        observed = "no observation" if e["observed_m3s"] is None else f"{e['observed_m3s']:.1f} m³/s"
        yield f"     observed afterwards: {observed} ({e['outcome']})"


if __name__ == "__main__":
    run(main)
