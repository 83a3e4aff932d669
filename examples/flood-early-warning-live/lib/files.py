"""The files of a storm: what gauges might send, and what nobody should."""
from __future__ import annotations

import os
import shutil
import time
from typing import NamedTuple

from place import EXAMPLES

DATA = os.path.join(EXAMPLES, "flood-early-warning", "data")
GAUGES = ("99000001", "99000002", "99000003")
YEAR = "2002"
DAYS = 7
AHEAD = 2  # days that the forecast looks ahead
LITRES = 28.316846592  # of a cubic foot
PAUSE = 0.3  # seconds, of who writes slowly

ODD = ("Pegel Köln-Süd \"1\".txt", "-rf.txt", "$(inputs.x) ${y} `id`.txt", "two words.txt", "it's.txt",
       "up..%2F..%2Fpasswd.txt", "100%.txt", "a#b?c&d=e;f.txt", "no extension", "雨.txt", "*[a-z]*.txt", "two\nlines.txt",
       "n" * 120 + ".txt", "~tilde.txt")
ODDLY = "with an odd name"


class Sent(NamedTuple):
    """One file that was put in.

    name: below the storm's folder. kind: calm, flood or broken. told: whether it is an event of its own.
    """

    name: str
    kind: str
    how: str
    told: bool

    def subject(self):
        """As its event has it: a line break may not be in an attribute of a CloudEvent."""
        return self.name.replace("\n", "\N{REPLACEMENT CHARACTER}")


def past(gauge):
    """The lines of a gauge, each with its year and discharge."""
    with open(os.path.join(DATA, gauge + "_streamflow_qc.txt"), encoding="ascii") as f:
        lines = f.read().splitlines()
    return [(line, line.split()[1], float(line.split()[4])) for line in lines]


def readings(highest):
    """Readings that end on the highest days of the year, or on the lowest ones, other ones each time, for ever."""
    found = []
    for gauge in GAUGES[:2] if highest else GAUGES:
        days = past(gauge)
        ends = [i for i in range(DAYS, len(days) - AHEAD)
                if days[i][1] == YEAR and min(flow for _, _, flow in days[i - DAYS + 1:i + AHEAD + 1]) > 0]
        ends.sort(key=lambda i: -days[i][2] if highest else max(flow for _, _, flow in days[i:i + AHEAD + 1]))
        found.append(["".join(line + "\n" for line, _, _ in days[i - DAYS + 1:i + 1]) for i in ends[:3 if highest else 30]])
    while True:
        for one_each in zip(*found):
            yield from one_each


class Storm:
    """Puts files into a folder, one kind after the other."""

    def __init__(self, folder):
        self.folder = folder
        self.calm, self.flood = readings(False), readings(True)
        self.sent = []
        self.slowest = 0.0  # seconds between two pieces of a file
        self.last_flood = None
        self.ways = (self.plain, self.rising, self.cut, self.odd, self.again, self.page, self.slow, self.other_name,
                     self.odd, self.empty, self.renamed, self.litres, self.odd, self.unfinished, self.stranger)

    def put(self, count):
        os.makedirs(self.folder)
        for n in range(count):
            self.ways[n % len(self.ways)](n)
        return self.sent

    def write(self, name, text, kind, how, told=True):
        with open(os.path.join(self.folder, name), "w", encoding="utf-8") as f:
            f.write(text)
        self.sent.append(Sent(name, kind, how, told))

    def plain(self, n):
        self.write(f"{n:03d}-calm.txt", next(self.calm), "calm", "plain")

    def rising(self, n):
        self.last_flood = f"{n:03d}-flood.txt"
        self.write(self.last_flood, next(self.flood), "flood", "plain")

    def cut(self, n):
        self.write(f"{n:03d}-cut.txt", next(self.calm)[:-9], "broken", "cut in the middle of a line")

    def odd(self, _):
        number = sum(sent.how == ODDLY for sent in self.sent)
        name = ODD[number % len(ODD)]
        self.write(name if number < len(ODD) else f"{name}-{number}", next(self.calm), "calm", ODDLY)

    def again(self, n):
        """The same file under the same name, with its time, as whoever copies a folder anew does it."""
        self.copy(self.last_flood)
        self.sent.append(Sent(self.last_flood, "flood", "once more under the same name", False))

    def page(self, n):
        self.write(f"{n:03d}-page.txt", "<html><title>502 Bad Gateway</title></html>\n", "broken", "a page of HTML")

    def slow(self, n):
        text = next(self.calm)
        name = f"{n:03d}-slow.txt"
        with open(os.path.join(self.folder, name), "w", encoding="ascii") as f:
            for start in range(0, len(text), 50):
                began = time.monotonic()
                f.write(text[start:start + 50])
                f.flush()
                time.sleep(PAUSE)
                self.slowest = max(self.slowest, time.monotonic() - began)
        self.sent.append(Sent(name, "calm", "written slowly", True))

    def other_name(self, n):
        name = f"{n:03d}-flood-again.txt"
        self.copy(self.last_flood, name)
        self.sent.append(Sent(name, "flood", "once more under another name", True))

    def copy(self, name, to=None):
        source = os.path.join(self.folder, name)
        shutil.copy2(source, source + ".part")
        os.replace(source + ".part", os.path.join(self.folder, to or name))

    def empty(self, n):
        self.write(f"{n:03d}-empty.txt", "", "broken", "empty")

    def renamed(self, n):
        name = f"{n:03d}-renamed.txt"
        self.write(name + ".part", next(self.flood), "flood", "renamed from .part")
        os.rename(os.path.join(self.folder, name + ".part"), os.path.join(self.folder, name))
        self.sent[-1] = self.sent[-1]._replace(name=name)

    def litres(self, n):
        lines = [line.split() for line in next(self.flood).splitlines()]
        text = "".join(f"{g} {y} {m} {d} {float(flow) * LITRES:9.1f} {flag}\n" for g, y, m, d, flow, flag in lines)
        self.write(f"{n:03d}-litres.txt", text, "broken", "in litres, not cubic feet")

    def unfinished(self, n):
        self.write(f"{n:03d}-unfinished.txt.part", next(self.flood), "flood", "never renamed from .part", told=False)

    def stranger(self, n):
        self.write(f"{n:03d}-stranger.txt", next(self.calm).replace("990000", "010225"), "broken", "of an unknown gauge")
