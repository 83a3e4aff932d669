"""The PNG writer, read back with a decoder of the test's own."""
import struct
import unittest
import zlib
from collections import Counter

import context  # noqa: F401
import draw
import font
from png import Canvas, palette


def decode(data):
    """(width, height, rows of RGB tuples) of a palette PNG without filters; checks every CRC."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    at, chunks = 8, {}
    while at < len(data):
        size, = struct.unpack(">I", data[at:at + 4])
        name, body = data[at + 4:at + 8], data[at + 8:at + 8 + size]
        assert struct.unpack(">I", data[at + 8 + size:at + 12 + size])[0] == zlib.crc32(name + body)
        chunks[name] = body
        at += 12 + size
    width, height, depth, kind = struct.unpack(">IIBB", chunks[b"IHDR"][:10])
    assert (depth, kind) == (8, 3) and b"IEND" in chunks
    p = chunks[b"PLTE"]
    colours = [tuple(p[i:i + 3]) for i in range(0, len(p), 3)]
    raw = zlib.decompress(chunks[b"IDAT"])
    assert len(raw) == height * (width + 1)
    rows = [raw[y * (width + 1):(y + 1) * (width + 1)] for y in range(height)]
    assert all(r[0] == 0 for r in rows)
    return width, height, [[colours[i] for i in r[1:]] for r in rows]


class Png(unittest.TestCase):
    def test_what_is_drawn_can_be_read_back(self):
        canvas = Canvas(12, 8)
        canvas.rectangle(2, 3, 5, 6, (200, 0, 0))
        width, height, rows = decode(canvas.png())
        self.assertEqual((width, height), (12, 8))
        for y in range(8):
            for x in range(12):
                inside = 2 <= x < 5 and 3 <= y < 6
                self.assertEqual(rows[y][x], (200, 0, 0) if inside else (255, 255, 255))

    def test_half_a_pixel_takes_half_the_colour(self):
        canvas = Canvas(4, 4)
        canvas.rectangle(0, 0.5, 4, 1, (0, 0, 0))
        self.assertAlmostEqual(canvas.pixels[0], 128, delta=1)

    def test_a_line_leaves_the_ink_of_its_length_and_width(self):
        canvas = Canvas(60, 60)
        canvas.lines([[(10, 12), (50, 42)]], 3.0, (0, 0, 0))
        ink = sum(255 - v for v in canvas.pixels[::3]) / 255
        self.assertAlmostEqual(ink, 50 * 3, delta=12)

    def test_what_lies_outside_is_cut(self):
        canvas = Canvas(10, 10)
        canvas.lines([[(-20, 5), (30, 5)]], 2.0, (0, 0, 0))
        self.assertEqual(len(canvas.pixels), 300)

    def test_many_colours_become_256_and_the_frequent_ones_stay(self):
        counts = {(r, g, 0): 1 for r in range(0, 256, 5) for g in range(0, 256, 5)}
        counts[(1, 2, 3)] = 1000
        index, colours = palette(Counter(counts))
        self.assertLessEqual(len(colours), 256)
        self.assertEqual(colours[index[(1, 2, 3)]], (1, 2, 3))

    def test_every_character_of_the_labels_has_a_glyph(self):
        for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,:-–−+/()%°³² '":
            self.assertIn(c, font.GLYPHS)


class Axis(unittest.TestCase):
    def test_steps_are_round_numbers(self):
        self.assertEqual([draw.nice_step(v) for v in (0.7, 1.0, 1.7, 2.2, 3.0, 7.0, 30.0)], [1.0, 1.0, 2.0, 2.5, 5.0, 10.0, 50.0])

    def test_labels_have_the_digits_of_their_step(self):
        self.assertEqual([draw.plain(v, s) for v, s in ((50, 25.0), (2.5, 2.5), (0.2, 0.1), (300, 100.0))],
                         ["50", "2.5", "0.2", "300"])


if __name__ == "__main__":
    unittest.main()
