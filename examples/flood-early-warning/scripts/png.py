"""A canvas with smooth lines, areas and text, and a writer of PNG files (RFC 2083), with zlib only.

Coordinates are pixels, x to the right and y down, and may be fractions. What is drawn covers each
pixel by a share between 0 and 1, and the pixel takes that share of the colour: no jagged edges.
"""
from __future__ import annotations

import struct
import zlib
from collections import Counter
from math import ceil, floor, hypot, sqrt

import font


class Canvas:
    def __init__(self, width, height, background=(255, 255, 255)):
        self.width, self.height = width, height
        self.pixels = bytearray(bytes(background) * (width * height))

    def blend(self, x, y, colour, share):
        if share <= 0.0 or not (0 <= x < self.width and 0 <= y < self.height):
            return
        at = 3 * (y * self.width + x)
        pixels = self.pixels
        if share >= 1.0:
            pixels[at:at + 3] = bytes(colour)
            return
        for i in (0, 1, 2):
            old = pixels[at + i]
            pixels[at + i] = int(old + (colour[i] - old) * share + 0.5)

    def column(self, x, top, bottom, colour, alpha=1.0):
        """One column of pixels between two heights, which may be fractions."""
        first, last = floor(top), ceil(bottom)
        for y in range(first, last):
            self.blend(x, y, colour, alpha * (min(bottom, y + 1) - max(top, y)))

    def rectangle(self, left, top, right, bottom, colour, alpha=1.0):
        for x in range(floor(left), ceil(right)):
            self.column(x, top, bottom, colour, alpha * (min(right, x + 1) - max(left, x)))

    def band(self, xs, tops, bottoms, colour, alpha=1.0):
        """The area between two lines over the same, increasing xs."""
        for (x0, x1), (t0, t1), (b0, b1) in zip(zip(xs, xs[1:]), zip(tops, tops[1:]), zip(bottoms, bottoms[1:])):
            for x in range(ceil(x0 - 0.5), ceil(x1 - 0.5)):
                f = (x + 0.5 - x0) / (x1 - x0)
                top, bottom = t0 + f * (t1 - t0), b0 + f * (b1 - b0)
                if bottom > top:
                    self.column(x, top, bottom, colour, alpha)

    def lines(self, polylines, width, colour, alpha=1.0):
        """Polylines with round ends. Where they cross or join, a pixel is covered once."""
        covered = {}
        for points in polylines:
            for (x0, y0), (x1, y1) in zip(points, points[1:]):
                cover_segment(covered, x0, y0, x1, y1, width / 2.0)
        for (x, y), share in covered.items():
            self.blend(x, y, colour, alpha * share)

    def dashes(self, x0, x1, y, width, colour, dash=12.0, gap=8.0, alpha=1.0):
        """A level dashed line."""
        x = x0
        while x < x1:
            self.lines([[(x, y), (min(x + dash, x1), y)]], width, colour, alpha)
            x += dash + gap

    def text(self, x, y, text, height, colour, align="left", weight=0.125):
        """A line of text with capitals `height` high on the base line y; align: left, right, centre."""
        scale = height / font.CAP_HEIGHT
        wide = font.width(text) * scale
        x -= {"left": 0.0, "right": wide, "centre": wide / 2.0}[align]
        shapes = [[(x + a * scale, y - b * scale) for a, b in s] for s in font.strokes(text)]
        self.lines(shapes, height * weight, colour)
        return wide

    def png(self):
        """The picture as the bytes of a PNG file with a palette of at most 256 colours."""
        red, green, blue = self.pixels[0::3], self.pixels[1::3], self.pixels[2::3]
        index, colours = palette(Counter(zip(red, green, blue)))
        cells = bytes(map(index.__getitem__, zip(red, green, blue)))
        rows = (b"\0" + cells[i:i + self.width] for i in range(0, len(cells), self.width))
        head = struct.pack(">IIBBBBB", self.width, self.height, 8, 3, 0, 0, 0)
        return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"PLTE", b"".join(map(bytes, colours)))
                + chunk(b"IDAT", zlib.compress(b"".join(rows), 9)) + chunk(b"IEND", b""))


def palette(counts, kept=96):
    """(number of each colour, the colours). The most frequent ones are kept exactly; of the others,
    which are the soft edges of lines, those that are near each other share an entry."""
    ordered = [colour for colour, _ in counts.most_common()]
    coarseness = 1
    while True:
        index, colours, entries = {}, [], {}
        for rank, colour in enumerate(ordered):
            near = tuple((c + coarseness // 2) // coarseness for c in colour)
            if rank < kept or near not in entries:
                entries.setdefault(near, len(colours))
                index[colour] = len(colours)
                colours.append(colour)
            else:
                index[colour] = entries[near]
        if len(colours) <= 256:
            return index, colours
        coarseness += 1


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def cover_segment(covered, x0, y0, x1, y1, half):
    """Adds to `covered` the share of each pixel that a thick segment covers, by its distance."""
    dx, dy = x1 - x0, y1 - y0
    square = dx * dx + dy * dy
    reach = half + 0.5
    for y in range(floor(min(y0, y1) - reach), ceil(max(y0, y1) + reach)):
        cy = y + 0.5
        left, right = min(x0, x1) - reach, max(x0, x1) + reach
        if abs(dy) > 1e-9 and square > reach * reach:  # only the part of the row near the line
            slant = reach * sqrt(square) / abs(dy)
            middle = x0 + (cy - y0) * dx / dy
            left, right = max(left, middle - slant), min(right, middle + slant)
        for x in range(floor(left), ceil(right)):
            cx = x + 0.5
            t = ((cx - x0) * dx + (cy - y0) * dy) / square if square else 0.0
            t = 0.0 if t < 0.0 else 1.0 if t > 1.0 else t
            share = reach - hypot(cx - x0 - t * dx, cy - y0 - t * dy)
            if share > 0.0:
                share = min(1.0, share, 2.0 * half if half < 0.5 else 1.0)
                if share > covered.get((x, y), 0.0):
                    covered[(x, y)] = share
