"""Reads the published CAMELS-US layout: Daymet forcing and USGS daily discharge of one gauge.

GAUGE_lump_cida_forcing_leap.txt: latitude (°), elevation (m), area (m²), a header, then one line a
day: year month day hour, day length (s), precipitation (mm/day), radiation (W/m²), snow water
equivalent (mm), maximum and minimum temperature (°C), vapour pressure (Pa).
GAUGE_streamflow_qc.txt: gauge, year, month, day, discharge (ft³/s; -999 is missing), quality flag.
"""
from __future__ import annotations

import re
from datetime import date
from math import isfinite

from command import InputError, at

MISSING = -999.0
CUBIC_FOOT = 0.028316846592  # m³
COLUMNS = {"prcp": "mm/day", "tmax": "C", "tmin": "C"}
FLAGS = {"A", "A:e", "M"}


def mm_per_day(cubic_feet_per_second, area_km2):
    return cubic_feet_per_second * CUBIC_FOOT * 86400.0 * 1000.0 / (area_km2 * 1e6)


def lines_of(path):
    try:
        with open(path, encoding="ascii") as f:
            return f.read().splitlines()
    except UnicodeDecodeError as e:
        with open(path, "rb") as f:
            line = f.read()[: e.start].count(b"\n") + 1
        raise at(path, line, "expected plain text in the CAMELS-US layout, found binary or non-ASCII data") from None
    except OSError as e:
        raise InputError(f"{path}: cannot be read: {e.strerror}") from None


def number(path, line, text, what):
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not isfinite(value):
        raise at(path, line, f"{what}: expected a number, found '{text}'")
    return value


def day_of(path, line, year, month, day):
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise at(path, line, f"expected year month day, found '{year} {month} {day}'") from None


def read_forcing(path):
    """(head, days, repeated): head has latitude, elevation_m and area_km2; days maps a date to
    (line number, precipitation, tmax, tmin) with None where the file says -999."""
    lines = lines_of(path)
    if len(lines) < 5:
        raise at(path, len(lines) or 1, "expected latitude, elevation, area, a header and daily values; the file ends here")
    latitude = number(path, 1, lines[0].strip(), "latitude in degrees")
    if not -90.0 <= latitude <= 90.0:
        raise at(path, 1, f"latitude: expected degrees between -90 and 90, found {latitude:g}")
    elevation = number(path, 2, lines[1].strip(), "elevation in m")
    area = number(path, 3, lines[2].strip(), "catchment area in m²")
    if area < 1e5:
        raise at(path, 3, f"catchment area: expected m² (at least 100000), found {area:g}; is it in km²?")
    place = columns(path, lines[3])
    width = len(lines[3].split())
    days, repeated = {}, 0
    for i, text in enumerate(lines[4:], start=5):
        cells = text.split()
        if not cells:
            continue
        if len(cells) != width:
            raise at(path, i, f"expected {width} columns as in the header, found {len(cells)}")
        day = day_of(path, i, *cells[:3])
        values = [number(path, i, cells[place[c]], c) for c in ("prcp", "tmax", "tmin")]
        p, tmax, tmin = [None if v <= MISSING else v for v in values]
        if p is not None and p < 0.0:
            raise at(path, i, f"prcp: expected mm/day of at least 0, or -999 for missing, found {p:g}")
        for name, t in (("tmax", tmax), ("tmin", tmin)):
            if t is not None and not -80.0 <= t <= 60.0:
                raise at(path, i, f"{name}: expected °C between -80 and 60, found {t:g}; is it in °F or K?")
        if day in days:
            repeated += 1
        else:
            days[day] = (i, p, tmax, tmin)
    head = {"latitude": latitude, "elevation_m": elevation, "area_km2": area / 1e6}
    return head, days, repeated


def columns(path, header):
    """Where the columns stand; their units are checked, because the header names them."""
    names = header.split()
    if [n.lower() for n in names[:4]] != ["year", "mnth", "day", "hr"]:
        raise at(path, 4, f"expected a header that begins 'Year Mnth Day Hr', found '{header.strip()[:60]}'")
    place = {}
    for i, name in enumerate(names):
        found = re.fullmatch(r"(\w+)\((.*)\)", name)
        if found and found.group(1) in COLUMNS:
            expected = COLUMNS[found.group(1)]
            if found.group(2).lower() != expected.lower():
                raise at(path, 4, f"{found.group(1)}: expected unit {expected}, found {found.group(2)}")
            place[found.group(1)] = i
    for name, unit in COLUMNS.items():
        if name not in place:
            raise at(path, 4, f"missing column {name}({unit}); the header has: {' '.join(names)}")
    return place


def read_streamflow(path, gauge):
    """(days, repeated): days maps a date to (line number, ft³/s or None, flag)."""
    days, repeated = {}, 0
    for i, text in enumerate(lines_of(path), start=1):
        cells = text.split()
        if not cells:
            continue
        if len(cells) != 6:
            raise at(path, i, f"expected 6 columns (gauge year month day discharge flag), found {len(cells)}")
        if cells[0] != gauge:
            raise at(path, i, f"expected gauge {gauge}, found {cells[0]}")
        day = day_of(path, i, *cells[1:4])
        flow = number(path, i, cells[4], "discharge")
        if cells[5] not in FLAGS:
            raise at(path, i, f"quality flag: expected A, A:e or M, found '{cells[5]}'")
        if flow < 0.0 and flow > MISSING:
            raise at(path, i, f"discharge: expected ft³/s of at least 0, or -999 for missing, found {flow:g}")
        missing = flow <= MISSING or cells[5] == "M"
        if day in days:
            repeated += 1
        else:
            days[day] = (i, None if missing else flow, cells[5])
    if not days:
        raise at(path, 1, "expected daily discharge, found an empty file")
    return days, repeated
