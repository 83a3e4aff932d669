"""Step `pick`: the best parameter sets of several batches, without near copies of each other."""
from __future__ import annotations

import argparse

from command import InputError, read_json, run, write_json
from search import stretch


def main():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("--keep", type=int, required=True)
    p.add_argument("--apart", type=float, default=0.05, help="least distance, as a share of a parameter's range")
    p.add_argument("--out", required=True)
    p.add_argument("files", nargs="+")
    a = p.parse_args()
    sets, runs = [], 0
    for path in a.files:
        batch = read_json(path)
        sets += batch["sets"]
        runs += batch["runs"]
    chosen = choose(sets, a.keep, a.apart)
    if not chosen:
        raise InputError("no parameter set could be scored: is there any observed discharge?")
    for c in chosen:
        c["parameters"] = stretch(c["point"])
    write_json(a.out, {"runs": runs, "sets": chosen})


def choose(sets, keep, apart):
    """The `keep` best; one that lies within `apart` of a better one in every parameter comes last."""
    chosen, copies = [], []
    for c in sorted(sets, key=lambda c: (-c["score"], c["point"])):
        near = any(all(abs(u - v) < apart for u, v in zip(c["point"], b["point"])) for b in chosen)
        (copies if near else chosen).append(c)
    return sorted((chosen + copies)[:keep], key=lambda c: (-c["score"], c["point"]))


if __name__ == "__main__":
    run(main)
