"""Step `thresholds`: flood thresholds of a catchment from its observed training record.

With ten or more years: discharge of return period 2, 5 and 20 years, from a Gumbel distribution
fitted to the annual maxima by L-moments (Hosking 1990, doi:10.1111/j.2517-6161.1990.tb01775.x).
With fewer years no return period can be told honestly: the 95, 98 and 99.5 % quantiles of the days.
"""
from __future__ import annotations

import argparse
from math import log

from command import run, write_json
from series import Record
from skill import quantile

LEVELS = ("watch", "warning", "severe")
QUANTILES = (0.95, 0.98, 0.995)
RETURN_YEARS = (2, 5, 20)
EULER = 0.5772156649015329
FEWEST_YEARS = 10
FEWEST_DAYS = 300


def main():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("--record", required=True)
    a = p.parse_args()
    record = Record(a.record)
    days, flow = record.days[record.train], record.flow[record.train]
    maxima = annual_maxima(days, flow)
    if len(maxima) >= FEWEST_YEARS:
        values = gumbel(maxima, RETURN_YEARS)
        meaning = [f"return period of {t} years" for t in RETURN_YEARS]
    else:
        seen = [q for q in flow if q is not None]
        values = [quantile(seen, q) for q in QUANTILES]
        meaning = [f"exceeded on {100 * (1 - q):.2g} % of the training days" for q in QUANTILES]
    write_json("thresholds.json", {
        "gauge": record.meta["gauge"],
        "levels": [{"level": name, "mm": round(v, 4), "m3s": round(record.cubic_metres(v), 3), "meaning": m}
                   for name, v, m in zip(LEVELS, values, meaning)]})


def annual_maxima(days, flow):
    """Of the years with at least 300 observed days."""
    years = {}
    for d, q in zip(days, flow):
        if q is not None:
            years.setdefault(d.year, []).append(q)
    return [max(q) for q in years.values() if len(q) >= FEWEST_DAYS]


def gumbel(maxima, return_years):
    x = sorted(maxima)
    n = len(x)
    mean = sum(x) / n
    second = 2.0 * sum(i * v for i, v in enumerate(x)) / (n * (n - 1)) - mean
    scale = second / log(2.0)
    place = mean - EULER * scale
    return [place - scale * log(-log(1.0 - 1.0 / t)) for t in return_years]


if __name__ == "__main__":
    run(main)
