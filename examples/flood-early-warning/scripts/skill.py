"""How well a simulation fits the observations. Days without an observation (None) do not count.

NSE: Nash & Sutcliffe 1970, doi:10.1016/0022-1694(70)90255-6.
KGE: Gupta et al. 2009, doi:10.1016/j.jhydrol.2009.08.003.
"""
from __future__ import annotations

from math import sqrt


def pairs(observed, simulated):
    return [(o, s) for o, s in zip(observed, simulated) if o is not None]


def nse(observed, simulated):
    """1 - sum (o - s)² / sum (o - mean o)²: 1 is perfect, 0 is as good as the mean."""
    both = pairs(observed, simulated)
    if not both:
        return None
    mean = sum(o for o, _ in both) / len(both)
    spread = sum((o - mean) ** 2 for o, _ in both)
    if spread == 0.0:
        return None
    return 1.0 - sum((o - s) ** 2 for o, s in both) / spread


def kge(observed, simulated):
    """1 - sqrt((r-1)² + (sd_s/sd_o - 1)² + (mean_s/mean_o - 1)²): 1 is perfect, the mean has -0.41."""
    both = pairs(observed, simulated)
    n = len(both)
    if n < 2:
        return None
    mean_o = sum(o for o, _ in both) / n
    mean_s = sum(s for _, s in both) / n
    var_o = sum((o - mean_o) ** 2 for o, _ in both) / n
    var_s = sum((s - mean_s) ** 2 for _, s in both) / n
    if var_o == 0.0 or mean_o == 0.0:
        return None
    if var_s == 0.0:
        r = 0.0
    else:
        r = sum((o - mean_o) * (s - mean_s) for o, s in both) / n / sqrt(var_o * var_s)
    return 1.0 - sqrt((r - 1.0) ** 2 + (sqrt(var_s / var_o) - 1.0) ** 2 + (mean_s / mean_o - 1.0) ** 2)


def peak(observed, simulated, window=3):
    """The highest observed day and the highest simulated day within `window` days of it.

    Returns (index observed, observed, index simulated, simulated), or None without observations.
    """
    days = [i for i, o in enumerate(observed) if o is not None]
    if not days:
        return None
    top = max(days, key=lambda i: observed[i])
    near = range(max(0, top - window), min(len(simulated), top + window + 1))
    found = max(near, key=lambda i: simulated[i])
    return top, observed[top], found, simulated[found]


def quantile(values, q):
    """The q-quantile (0..1) with linear interpolation between order statistics."""
    ordered = sorted(values)
    if not ordered:
        raise ValueError("no values")
    place = q * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])
