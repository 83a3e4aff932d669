"""Reading, cleaning and what bad input gets: one line with file, line, expected and found."""
import contextlib
import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import context
import camels
import clean
import make_inputs
import make_synthetic_data
from command import InputError

GAUGE = "99000001"
FORCING = f"{GAUGE}_lump_cida_forcing_leap.txt"
STREAMFLOW = f"{GAUGE}_streamflow_qc.txt"


def lines_of(name):
    with open(os.path.join(context.DATA, name), encoding="ascii") as f:
        return f.read().split("\n")


class Files(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def write(self, name, lines):
        path = os.path.join(self.folder.name, name)
        with open(path, "w", encoding="latin-1") as f:
            f.write("\n".join(lines))
        return path

    def forcing(self, line, old, new):
        lines = lines_of(FORCING)
        self.assertIn(old, lines[line - 1])
        lines[line - 1] = lines[line - 1].replace(old, new)
        return self.write(FORCING, lines)

    def refuses(self, read, path, line, *words):
        with self.assertRaises(InputError) as caught:
            read(path)
        message = str(caught.exception)
        self.assertNotIn("\n", message)
        self.assertIn(f"{path}:{line}: ", message)
        for word in words:
            self.assertIn(word, message)


class Forcing(Files):
    def test_a_missing_column_is_named(self):
        self.refuses(camels.read_forcing, self.forcing(4, "prcp(mm/day)", "rain(mm/day)"), 4, "missing column prcp(mm/day)")

    def test_a_wrong_unit_is_named(self):
        self.refuses(camels.read_forcing, self.forcing(4, "tmax(C)", "tmax(F)"), 4, "tmax", "expected unit C", "found F")

    def test_an_area_in_square_kilometres_is_refused(self):
        self.refuses(camels.read_forcing, self.forcing(3, "212000000", "212.0"), 3, "m²", "212")

    def test_a_word_for_a_number_is_refused(self):
        lines = lines_of(FORCING)
        cells = lines[9].split("\t")
        cells[2] = "none"
        lines[9] = "\t".join(cells)
        self.refuses(camels.read_forcing, self.write(FORCING, lines), 10, "prcp", "'none'")

    def test_a_cut_line_is_refused(self):
        lines = lines_of(FORCING)
        lines[49] = lines[49][:30]
        self.refuses(camels.read_forcing, self.write(FORCING, lines), 50, "expected 11 columns")

    def test_temperatures_of_another_unit_are_refused(self):
        lines = lines_of(FORCING)
        cells = lines[199].split("\t")
        cells[5] = "287.15"
        lines[199] = "\t".join(cells)
        self.refuses(camels.read_forcing, self.write(FORCING, lines), 200, "tmax", "287.15")

    def test_a_date_that_is_none_is_refused(self):
        self.refuses(camels.read_forcing, self.forcing(5, "2000 01 01", "2000 13 01"), 5, "2000 13 01")

    def test_binary_data_is_refused(self):
        self.refuses(camels.read_forcing, self.write(FORCING, ["\x89PNG", "\xff"]), 1, "binary")

    def test_an_empty_file_is_refused(self):
        self.refuses(camels.read_forcing, self.write(FORCING, [""]), 1, "the file ends here")

    def test_a_file_that_is_not_there_is_named(self):
        with self.assertRaisesRegex(InputError, "absent.txt: cannot be read: No such file"):
            camels.read_forcing(os.path.join(self.folder.name, "absent.txt"))

    def test_tabs_blanks_and_a_missing_last_newline_do_not_matter(self):
        path = self.write(FORCING, [l.replace("\t", "   ") for l in lines_of(FORCING)[:20]])
        _, days, _ = camels.read_forcing(path)
        self.assertEqual(len(days), 16)


class Streamflow(Files):
    def read(self, path):
        return camels.read_streamflow(path, GAUGE)

    def test_missing_values_are_none(self):
        days, _ = self.read(self.write(STREAMFLOW, [f"{GAUGE} 2000 01 01  -999.00 M", f"{GAUGE} 2000 01 02  12.00 A"]))
        self.assertEqual([v[1] for v in days.values()], [None, 12.0])

    def test_another_gauge_is_refused(self):
        self.refuses(self.read, self.write(STREAMFLOW, ["01022500 2000 01 01 12.00 A"]), 1, GAUGE, "01022500")

    def test_a_negative_discharge_is_refused(self):
        self.refuses(self.read, self.write(STREAMFLOW, [f"{GAUGE} 2000 01 01 -5.00 A"]), 1, "-5")

    def test_an_unknown_flag_is_refused(self):
        self.refuses(self.read, self.write(STREAMFLOW, [f"{GAUGE} 2000 01 01 5.00 Z"]), 1, "'Z'")

    def test_the_unit_is_cubic_feet_over_the_area(self):
        self.assertAlmostEqual(camels.mm_per_day(1000.0, 100.0), 1000 * 0.028316846592 * 86400 * 1000 / 1e8)


class Cleaning(Files):
    def run_clean(self, forcing, streamflow, *more):
        return subprocess.run(
            [sys.executable, "-B", os.path.join(context.SCRIPTS, "clean.py"), "--gauge", GAUGE, "--name", "Alder Brook",
             "--forcing", forcing, "--streamflow", streamflow, "--train-first", "2000-01-01", "--train-last",
             "2001-12-31", "--watch-first", "2002-01-01", "--watch-last", "2002-12-31", *more],
            cwd=self.folder.name, capture_output=True, text=True, check=False)

    def test_the_report_counts_what_was_done(self):
        done = self.run_clean(os.path.join(context.DATA, FORCING), os.path.join(context.DATA, STREAMFLOW))
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        with open(os.path.join(self.folder.name, GAUGE + ".quality.json"), encoding="utf-8") as f:
            report = json.load(f)
        self.assertEqual(report["discharge_marked_missing"], 21)
        self.assertEqual(report["discharge_absent"], 5)
        with open(os.path.join(self.folder.name, GAUGE + ".clean.csv"), encoding="utf-8") as f:
            self.assertEqual(sum(r["flow_mm"] == "" for r in csv.DictReader(f)), 26)

    def test_bad_input_gets_one_line_and_no_traceback(self):
        path = self.forcing(4, "tmin(C)", "tmin(K)")
        done = self.run_clean(path, os.path.join(context.DATA, STREAMFLOW))
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stderr.strip(), f"error: {path}:4: tmin: expected unit C, found K")

    def test_a_wrong_area_shows_in_the_water_balance(self):
        done = self.run_clean(os.path.join(context.DATA, FORCING), os.path.join(context.DATA, STREAMFLOW), "--area", "2.12")
        self.assertEqual(done.returncode, 1)
        self.assertIn("times the precipitation", done.stderr)
        self.assertEqual(done.stderr.count("\n"), 1)

    def test_a_gap_is_interpolated_between_its_neighbours(self):
        self.assertEqual(clean.interpolate([1.0, None, None, 4.0], (1, 3)), [2.0, 3.0])
        self.assertEqual(clean.interpolate([None, 4.0], (0, 1)), [4.0])


class DataSet(unittest.TestCase):
    def test_the_script_makes_the_data_that_is_checked_in(self):
        with tempfile.TemporaryDirectory() as folder:
            for gauge, c in make_synthetic_data.CATCHMENTS.items():
                make_synthetic_data.write(folder, gauge, c, make_synthetic_data.Random(f"flood-early-warning/{gauge}"))
            for name in sorted(os.listdir(folder)):
                with open(os.path.join(folder, name), encoding="ascii") as f:
                    made = f.read().split()
                have = " ".join(lines_of(name)).split()
                self.assertEqual(len(made), len(have), name)
                for a, b in zip(made, have):
                    if re.fullmatch(r"-?[\d.]+", a):
                        self.assertAlmostEqual(float(a), float(b), delta=0.02 + 1e-4 * abs(float(b)))
                    else:
                        self.assertEqual(a, b)

    def test_inputs_can_be_made_for_the_folder(self):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            before, sys.argv = sys.argv, ["make_inputs.py", context.DATA]
            try:
                make_inputs.main()
            finally:
                sys.argv = before
        text = out.getvalue()
        self.assertIn("watch: {first: '2002-01-01', last: '2002-12-31'}", text)
        for gauge, c in make_synthetic_data.CATCHMENTS.items():
            self.assertIn(f"gauge: '{gauge}'", text)
            self.assertIn(c["name"], text)

    def test_a_full_download_with_its_folders_and_tables_is_understood(self):
        with tempfile.TemporaryDirectory() as folder:
            for sub, name in (("basin_mean_forcing/daymet/01", FORCING), ("usgs_streamflow/01", STREAMFLOW)):
                os.makedirs(os.path.join(folder, sub))
                shutil.copy(os.path.join(context.DATA, name), os.path.join(folder, sub))
            with open(os.path.join(folder, "camels_name.txt"), "w", encoding="utf-8") as f:
                f.write(f"gauge_id;huc_02;gauge_name\n{GAUGE};01;Alder Brook at Nowhere\n")
            with open(os.path.join(folder, "camels_topo.txt"), "w", encoding="utf-8") as f:
                f.write("gauge_id;gauge_lat;gauge_lon;elev_mean;slope_mean;area_gages2;area_geospa_fabric\n"
                        f"{GAUGE};44.0;-70.0;180.0;12.1;211.5;212.0\n")
            forcing, flow, tables = make_inputs.find(folder)
            names, areas = make_inputs.catalogue(tables)
        self.assertEqual((list(forcing), list(flow)), ([GAUGE], [GAUGE]))
        self.assertEqual((names[GAUGE], areas[GAUGE]), ("Alder Brook at Nowhere", 211.5))

    def test_a_folder_without_gauges_is_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run([sys.executable, "-B", os.path.join(context.EXAMPLE, "make_inputs.py"), folder],
                                  capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("found no gauge with both", done.stderr)


if __name__ == "__main__":
    unittest.main()
