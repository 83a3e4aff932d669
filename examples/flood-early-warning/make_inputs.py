#!/usr/bin/env python3
"""Writes an inputs file for any folder in the CAMELS-US layout:  make_inputs.py FOLDER > inputs.yml

The folder is searched in depth, so that it may be a full CAMELS-US download; a gauge counts if it has
both files. Names and areas come from camels_name.txt and camels_topo.txt or from a table in
README.md, where there are any; else the area of the forcing file is used. Without --train and
--watch, the last calendar year that all gauges have is watched, and the years before it train.
"""
from __future__ import annotations

import argparse
import json
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "scripts"))
sys.dont_write_bytecode = True

from camels import read_forcing, read_streamflow  # noqa: E402
from command import InputError, run  # noqa: E402

FORCING = re.compile(r"(\d{8})_lump_cida_forcing_leap\.txt")
STREAMFLOW = re.compile(r"(\d{8})_streamflow_qc\.txt")
MOST_TRAINING_YEARS = 10
ENOUGH_DAYS = 350  # days with discharge that make a year


def main():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("folder")
    p.add_argument("--gauge", action="append", help="only this gauge; may be given several times")
    p.add_argument("--limit", type=int, help="only the first so many gauges")
    p.add_argument("--train", metavar="FIRST:LAST", help="e.g. 2000-01-01:2001-12-31")
    p.add_argument("--watch", metavar="FIRST:LAST", help="e.g. 2002-01-01:2002-12-31")
    p.add_argument("--title", default="Flood early warning")
    a = p.parse_args()
    forcing, flow, tables = find(a.folder)
    gauges = sorted(set(forcing) & set(flow))
    if a.gauge:
        absent = sorted(set(a.gauge) - set(gauges))
        if absent:
            raise InputError(f"{a.folder}: no forcing and streamflow files for {', '.join(absent)}")
        gauges = [g for g in gauges if g in a.gauge]
    gauges = gauges[: a.limit] if a.limit else gauges
    if not gauges:
        raise InputError(f"{a.folder}: expected GAUGE_lump_cida_forcing_leap.txt and GAUGE_streamflow_qc.txt, "
                         "found no gauge with both")
    names, areas = catalogue(tables)
    if not (a.train and a.watch):
        train, watch = periods([(g, forcing[g], flow[g]) for g in gauges])
    train = a.train.split(":") if a.train else train
    watch = a.watch.split(":") if a.watch else watch
    if len(train) != 2 or len(watch) != 2:
        raise InputError("--train and --watch: expected FIRST:LAST, two dates")
    print(f"title: {json.dumps(a.title)}")
    print(f"train: {{first: '{train[0]}', last: '{train[1]}'}}")
    print(f"watch: {{first: '{watch[0]}', last: '{watch[1]}'}}")
    print("catchments:")
    for g in gauges:
        print(f"  - gauge: '{g}'")
        print(f"    name: {json.dumps(names.get(g, 'Unnamed river'), ensure_ascii=False)}")
        if g in areas:
            print(f"    area_km2: {areas[g]:g}")
        print(f"    forcing: {{class: File, path: {json.dumps(forcing[g])}}}")
        print(f"    streamflow: {{class: File, path: {json.dumps(flow[g])}}}")


def find(folder):
    """Paths by gauge, of the Daymet forcing and of the discharge, and the tables beside them."""
    if not os.path.isdir(folder):
        raise InputError(f"{folder}: expected a folder")
    forcing, flow, tables = {}, {}, []
    for path, folders, files in os.walk(os.path.abspath(folder)):
        folders.sort()
        for name in sorted(files):
            for pattern, found in ((FORCING, forcing), (STREAMFLOW, flow)):
                match = pattern.fullmatch(name)
                if match:
                    found.setdefault(match.group(1), os.path.join(path, name))
            if name in ("camels_name.txt", "camels_topo.txt", "README.md"):
                tables.append(os.path.join(path, name))
    return forcing, flow, tables


def catalogue(tables):
    """Names and areas (km²) of gauges."""
    names, areas = {}, {}
    for path in tables:
        with open(path, encoding="utf-8", errors="replace") as f:
            rows = [line.strip().strip("|") for line in f]
        separator = "|" if path.endswith("README.md") else ";"
        header = None
        for row in rows:
            cells = [c.strip() for c in row.split(separator)]
            if cells[0] in ("gauge", "gauge_id"):
                header = [c.split(" ")[0] for c in cells]
            elif header and re.fullmatch(r"\d{8}", cells[0]) and len(cells) == len(header):
                for column, cell in zip(header, cells):
                    if column in ("river", "gauge_name"):
                        names[cells[0]] = cell
                    elif column in ("area", "area_gages2"):
                        areas[cells[0]] = float(cell)
    return names, areas


def periods(gauges):
    """((train first, last), (watch first, last)): whole calendar years that every gauge has."""
    common = None
    for gauge, forcing_path, flow_path in gauges:
        forcing = read_forcing(forcing_path)[1]
        flow = {d for d, v in read_streamflow(flow_path, gauge)[0].items() if v[1] is not None}
        years = {}
        for d in flow & set(forcing):
            years[d.year] = years.get(d.year, 0) + 1
        enough = {y for y, n in years.items() if n >= ENOUGH_DAYS}
        common = enough if common is None else common & enough
    if not common or len(common) < 2:
        raise InputError(f"expected at least two calendar years with data at every gauge, found {sorted(common or [])}; "
                         "give --train and --watch, or fewer gauges with --gauge")
    last = max(common)
    first = last
    while first - 1 in common and last - (first - 1) <= MOST_TRAINING_YEARS:
        first -= 1
    if first == last:
        raise InputError(f"expected a year with data at every gauge before {last}; give --train and --watch")
    return (f"{first}-01-01", f"{last - 1}-12-31"), (f"{last}-01-01", f"{last}-12-31")


if __name__ == "__main__":
    run(main)
