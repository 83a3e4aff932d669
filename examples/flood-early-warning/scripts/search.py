"""Parameter sets: ranges, a low-discrepancy sequence over them, and a local search.

Each parameter is a point of [0, 1] that is stretched to its range, most of them logarithmically.
The exploration takes points of the Halton sequence (Halton 1960, doi:10.1007/BF01386213): batch b
of n sets takes the points b n ... b n + n - 1, so batches are independent and need no seed.
The refinement is the simplex method of Nelder & Mead 1965, doi:10.1093/comjnl/7.4.308.
"""
from __future__ import annotations

from math import exp, log

from skill import kge, nse

RANGES = (  # name, lowest, highest, logarithmic
    ("x1", 20.0, 1500.0, True),
    ("x2", -6.0, 4.0, False),
    ("x3", 5.0, 400.0, True),
    ("x4", 0.6, 6.0, True),
    ("ctg", 0.0, 1.0, False),
    ("kf", 1.0, 10.0, True),
)
PRIMES = (2, 3, 5, 7, 11, 13)
SKIP = 20  # the first points of the sequence lie on lines


def stretch(point):
    """A point of the unit cube as a parameter set."""
    values = {}
    for u, (name, low, high, logarithmic) in zip(point, RANGES):
        u = min(1.0, max(0.0, u))
        values[name] = exp(log(low) + u * log(high / low)) if logarithmic else low + u * (high - low)
    return values


def radical_inverse(index, base):
    value, share = 0.0, 1.0 / base
    while index:
        index, digit = divmod(index, base)
        value += digit * share
        share /= base
    return value


def halton(index):
    """Point number `index` (from 0) in the unit cube."""
    return [radical_inverse(index + SKIP, p) for p in PRIMES]


def objective(observed, simulated):
    """What calibration maximises: see the README."""
    a = kge(observed, simulated)
    b = nse(observed, simulated)
    return None if a is None or b is None else 0.5 * (a + b)


def nelder_mead(f, start, step, evaluations):
    """Maximises f over the unit cube from `start`; returns every point tried as (value, point)."""
    tried = []

    def value(point):
        point = [min(1.0, max(0.0, u)) for u in point]
        tried.append((f(point), point))
        return tried[-1]

    simplex = [value(start)]
    for i in range(len(start)):
        corner = list(start)
        corner[i] += step if corner[i] + step <= 1.0 else -step
        simplex.append(value(corner))
    while len(tried) < evaluations:
        simplex.sort(key=lambda c: -c[0])
        worst = simplex[-1]
        centre = [sum(c[1][i] for c in simplex[:-1]) / len(start) for i in range(len(start))]

        def beyond(factor):
            return value([c + factor * (c - w) for c, w in zip(centre, worst[1])])

        reflected = beyond(1.0)
        if reflected[0] > simplex[0][0]:
            simplex[-1] = max(reflected, beyond(2.0))
        elif reflected[0] > simplex[-2][0]:
            simplex[-1] = reflected
        else:
            inner = beyond(0.5 if reflected[0] > worst[0] else -0.5)
            if inner[0] > worst[0]:
                simplex[-1] = inner
            else:
                best = simplex[0][1]
                simplex = [simplex[0]] + [
                    value([b + 0.5 * (u - b) for b, u in zip(best, c[1])]) for c in simplex[1:]]
    return tried
