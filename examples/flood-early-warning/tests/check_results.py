#!/usr/bin/env python3
"""Checks what a run of the workflow left:  check_results.py OUTPUT.json BOUNDS.json

OUTPUT.json is the output object of the run. BOUNDS.json names the gauges that must be warned (or null)
and the least NSE and KGE of each gauge in the validation year.
"""
import csv
import json
import os
import sys
from urllib.parse import unquote, urlparse

import context  # noqa: F401
from test_pictures import decode

FAULTS = []


def main():
    with open(sys.argv[1], encoding="utf-8") as f:
        output = json.load(f)
    with open(sys.argv[2], encoding="utf-8") as f:
        bounds = json.load(f)
    gauges = sorted(bounds["skill"])

    with open(path(output["skill"]), encoding="utf-8", newline="") as f:
        rows = list(csv.DictReader(f))
    expect(sorted({r["gauge"] for r in rows}) == gauges, f"skill.csv: expected the gauges {gauges}")
    print(f"{'catchment':<42}{'period':<13}{'NSE':>6}{'KGE':>7}{'peak error':>12}{'in band':>9}")
    for r in rows:
        print(f"{r['name']:<42}{r['period']:<13}{float(r['nse']):>6.2f}{float(r['kge']):>7.2f}"
              f"{float(r['peak_error_percent']):>10.0f} %{float(r['band_coverage_percent']):>7.0f} %")
        if r["period"] == "validation":
            least = bounds["skill"].get(r["gauge"], {})
            for score in ("nse", "kge"):
                expect(float(r[score]) >= least.get(score, 0.0),
                       f"{r['gauge']}: expected {score} of at least {least.get(score)} in validation, found {r[score]}")

    bulletins = sorted(os.path.basename(path(b)) for b in output["bulletins"])
    if bounds["warned"] is not None:
        wanted = sorted(g + "-warning.txt" for g in bounds["warned"])
        expect(bulletins == wanted, f"bulletins: expected {wanted}, found {bulletins}")
    for b in output["bulletins"]:
        expect("FLOOD WARNING BULLETIN" in text(path(b)), f"{path(b)}: expected a bulletin")

    pictures = [path(p) for p in output["hydrographs"]]
    expect(sorted(os.path.basename(p)[:8] for p in pictures) == gauges, f"hydrographs: expected one for each of {gauges}")
    for p in pictures:
        with open(p, "rb") as f:
            width, height, cells = decode(f.read())
        expect(width == 1600 and height == 800 and len({c for row in cells for c in row}) > 20, f"{p}: expected a picture")

    page, notices = text(path(output["summary"])), text(path(output["notices"]))
    for g in gauges:
        expect(f'id="g{g}"' in page, f"summary.html: expected catchment {g}")
        expect(g in notices, f"notices.txt: expected catchment {g}")
    expect(page.count("data:image/png;base64,") == len(gauges), "summary.html: expected one picture for each catchment")
    expect("http://" not in page and "https://" not in page, "summary.html: expected a page that needs nothing from elsewhere")

    folders = [path(d) for d in output["records"]]
    expect(sorted(os.path.basename(d) for d in folders) == gauges, f"records: expected one folder for each of {gauges}")
    for d in folders:
        g = os.path.basename(d)
        for name in ("parameters.json", "thresholds.json", g + ".clean.csv", g + ".clean.csv.meta.json",
                     g + ".quality.json", g + ".ensemble.csv", g + ".status.json"):
            expect(os.path.isfile(os.path.join(d, name)), f"{d}: expected {name}")

    for fault in FAULTS:
        print("FAILED " + fault, file=sys.stderr)
    sys.exit(1 if FAULTS else 0)


def expect(holds, message):
    if not holds:
        FAULTS.append(message)


def path(item):
    return item.get("path") or unquote(urlparse(item["location"]).path)


def text(name):
    with open(name, encoding="utf-8") as f:
        return f.read()


if __name__ == "__main__":
    main()
