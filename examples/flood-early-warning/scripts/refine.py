"""Step `refine`: improves one of the best explored parameter sets by a local search."""
from __future__ import annotations

import argparse

from command import InputError, read_json, run, write_json
from explore import scorer
from search import nelder_mead
from series import Record


def main():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("--record", required=True)
    p.add_argument("--candidates", required=True, help="what `pick` wrote")
    p.add_argument("--rank", type=int, required=True, help="which candidate to start from, 0 is the best")
    p.add_argument("--evaluations", type=int, default=120)
    p.add_argument("--step", type=float, default=0.1, help="first step, as a share of each range")
    p.add_argument("--keep", type=int, default=3)
    a = p.parse_args()
    sets = read_json(a.candidates)["sets"]
    if not 0 <= a.rank < len(sets):
        raise InputError(f"{a.candidates}: expected a candidate of rank {a.rank}, found {len(sets)} candidates")
    tried = nelder_mead(scorer(Record(a.record)), sets[a.rank]["point"], a.step, a.evaluations)
    tried.sort(key=lambda t: -t[0])
    write_json(f"refined-{a.rank:03d}.json", {
        "runs": len(tried),
        "sets": [{"score": s, "point": x, "found": f"refine {a.rank}"} for s, x in tried[: a.keep]]})


if __name__ == "__main__":
    run(main)
