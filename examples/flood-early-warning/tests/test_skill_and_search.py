"""Scores, parameter sets, thresholds, events."""
import unittest
from datetime import date, timedelta
from math import log, sqrt

import context  # noqa: F401
import assess
import pick
import search
import skill
import thresholds

FLOW = [1.0, 4.0, 2.0, 9.0, 3.0, 1.5]


class Scores(unittest.TestCase):
    def test_identical_series_score_one(self):
        self.assertEqual(skill.nse(FLOW, FLOW), 1.0)
        self.assertAlmostEqual(skill.kge(FLOW, FLOW), 1.0)

    def test_the_mean_has_an_nse_of_zero(self):
        mean = sum(FLOW) / len(FLOW)
        self.assertAlmostEqual(skill.nse(FLOW, [mean] * len(FLOW)), 0.0)
        self.assertAlmostEqual(skill.kge(FLOW, [mean] * len(FLOW)), 1.0 - sqrt(2.0))

    def test_twice_the_flow_has_right_timing_but_double_mean_and_spread(self):
        self.assertAlmostEqual(skill.kge(FLOW, [2.0 * q for q in FLOW]), 1.0 - sqrt(2.0))

    def test_days_without_observation_do_not_count(self):
        observed = FLOW + [None]
        self.assertEqual(skill.nse(observed, FLOW + [1000.0]), 1.0)

    def test_nothing_can_be_said_without_observations_or_without_spread(self):
        self.assertIsNone(skill.nse([None, None], [1.0, 2.0]))
        self.assertIsNone(skill.kge([None, 1.0], [1.0, 2.0]))
        self.assertIsNone(skill.nse([2.0, 2.0], [1.0, 2.0]))

    def test_the_peak_is_looked_for_near_the_observed_one(self):
        observed = [1.0, None, 8.0, 1.0, 1.0, 1.0, 1.0, 1.0]
        simulated = [1.0, 1.0, 2.0, 6.0, 1.0, 1.0, 1.0, 50.0]
        self.assertEqual(skill.peak(observed, simulated), (2, 8.0, 3, 6.0))

    def test_quantiles_interpolate(self):
        self.assertEqual(skill.quantile([3.0, 1.0, 2.0], 0.5), 2.0)
        self.assertAlmostEqual(skill.quantile([0.0, 10.0], 0.95), 9.5)


class Search(unittest.TestCase):
    def test_the_radical_inverse_mirrors_the_digits(self):
        self.assertEqual(search.radical_inverse(6, 2), 0.375)
        self.assertAlmostEqual(search.radical_inverse(5, 3), 7.0 / 9.0)

    def test_points_are_spread_over_every_range(self):
        points = [search.halton(i) for i in range(400)]
        for dimension in range(len(search.RANGES)):
            tenths = {int(10 * p[dimension]) for p in points}
            self.assertEqual(tenths, set(range(10)))

    def test_stretching_keeps_to_the_ranges(self):
        for u in (-0.5, 0.0, 0.3, 1.0, 1.5):
            values = search.stretch([u] * len(search.RANGES))
            for name, low, high, _ in search.RANGES:
                self.assertTrue(low - 1e-9 <= values[name] <= high + 1e-9)

    def test_the_simplex_finds_the_top_of_a_hill(self):
        top = [0.3, 0.8, 0.5]
        tried = search.nelder_mead(lambda p: -sum((a - b) ** 2 for a, b in zip(p, top)), [0.6, 0.4, 0.9], 0.1, 200)
        for a, b in zip(max(tried)[1], top):
            self.assertAlmostEqual(a, b, delta=0.01)

    def test_near_copies_come_last(self):
        sets = [{"score": s, "point": [p]} for s, p in ((0.9, 0.50), (0.89, 0.51), (0.7, 0.1))]
        self.assertEqual([c["score"] for c in pick.choose(sets, 2, 0.05)], [0.9, 0.7])
        self.assertEqual([c["score"] for c in pick.choose(sets, 3, 0.05)], [0.9, 0.89, 0.7])


class Thresholds(unittest.TestCase):
    def test_gumbel_is_recovered_from_its_own_quantiles(self):
        n = 2000
        sample = [10.0 - 3.0 * log(-log((i + 0.5) / n)) for i in range(n)]
        for found, years in zip(thresholds.gumbel(sample, (2, 20)), (2, 20)):
            self.assertAlmostEqual(found, 10.0 - 3.0 * log(-log(1.0 - 1.0 / years)), delta=0.05)

    def test_a_year_with_too_few_days_has_no_maximum(self):
        days = [date(2000, 1, 1) + timedelta(n) for n in range(366 + 100)]
        self.assertEqual(thresholds.annual_maxima(days, [1.0] * 366 + [99.0] * 100), [1.0])


class Events(unittest.TestCase):
    def test_short_breaks_do_not_end_an_event(self):
        flags = [False, True, False, False, True, False, False, False, False, True]
        self.assertEqual(assess.spells(flags, 100), [(101, 104), (109, 109)])

    def test_a_day_apart_still_meets(self):
        self.assertTrue(assess.overlap((5, 6), (7, 9)))
        self.assertFalse(assess.overlap((5, 6), (8, 9)))


if __name__ == "__main__":
    unittest.main()
