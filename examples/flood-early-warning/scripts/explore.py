"""Step `explore`: scores one batch of parameter sets over the training period and keeps the best."""
from __future__ import annotations

import argparse

from command import run, write_json
from search import halton, objective, stretch
from series import Record


def main():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("--record", required=True)
    p.add_argument("--batch", type=int, required=True, help="number of this batch, from 0")
    p.add_argument("--sets", type=int, required=True, help="parameter sets in a batch")
    p.add_argument("--keep", type=int, default=8)
    a = p.parse_args()
    record = Record(a.record)
    score = scorer(record)
    tried = []
    for index in range(a.batch * a.sets, (a.batch + 1) * a.sets):
        point = halton(index)
        tried.append({"score": score(point), "point": point, "found": f"explore {a.batch}"})
    tried.sort(key=lambda c: -c["score"])
    write_json(f"explored-{a.batch:03d}.json", {"runs": len(tried), "sets": tried[: a.keep]})


def scorer(record):
    """The objective over the training period as a function of a point of the unit cube."""
    weather = record.weather()
    observed = record.flow[record.train]

    def score(point):
        value = objective(observed, weather.discharge(stretch(point))[record.train])
        return -1e9 if value is None else value

    return score


if __name__ == "__main__":
    run(main)
