"""The cleaned daily record of one catchment: a CSV file with `.meta.json` beside it."""
from __future__ import annotations

import csv
from datetime import date

from command import InputError, at, read_json
from hydrology import Weather

HEADER = ["date", "precip_mm", "tmin_c", "tmax_c", "pet_mm", "flow_mm"]


class Record:
    """Days, forcing and observed discharge (mm/day, None where missing) and where periods begin."""

    def __init__(self, path):
        self.path = path
        self.meta = read_json(path + ".meta.json")
        self.days, self.precip, self.tmin, self.tmax, self.pet, self.flow = [], [], [], [], [], []
        with open(path, encoding="utf-8", newline="") as f:
            rows = csv.reader(f)
            header = next(rows, None)
            if header != HEADER:
                raise at(path, 1, f"expected the columns {','.join(HEADER)}, found {header}")
            for row in rows:
                try:
                    day, p, tmin, tmax, pet, flow = row
                    self.days.append(date.fromisoformat(day))
                    for values, text in ((self.precip, p), (self.tmin, tmin), (self.tmax, tmax), (self.pet, pet)):
                        values.append(float(text))
                    self.flow.append(float(flow) if flow else None)
                except ValueError as e:
                    raise at(path, rows.line_num, f"not a row of a cleaned record: {e}") from None
        if not self.days:
            raise InputError(f"{path}: no days")
        self.train = self.part("train")
        self.watch = self.part("watch")

    def part(self, name):
        """The slice of days of a period: 'train' or 'watch'."""
        first, last = (date.fromisoformat(self.meta[name][k]) for k in ("first", "last"))
        return slice((first - self.days[0]).days, (last - self.days[0]).days + 1)

    def weather(self):
        return Weather(self.precip, self.tmin, self.tmax, self.pet)

    def cubic_metres(self, mm):
        """Discharge in m³/s for mm/day over this catchment."""
        return mm * self.meta["area_km2"] / 86.4


def write_record(path, rows):
    """rows: (day, precipitation, tmin, tmax, pet, flow or None)."""
    with open(path, "w", encoding="utf-8", newline="") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(HEADER)
        for day, p, tmin, tmax, pet, flow in rows:
            out.writerow([day.isoformat(), f"{p:.2f}", f"{tmin:.2f}", f"{tmax:.2f}", f"{pet:.4f}",
                          "" if flow is None else f"{flow:.5f}"])
