"""The model against what must hold whatever the weather, and against values known from elsewhere."""
import unittest
from random import Random

import context  # noqa: F401
import hydrology as h

PARAMETERS = {"x1": 300.0, "x2": -1.2, "x3": 60.0, "x4": 1.7, "ctg": 0.4, "kf": 3.5}


def weather(days=1500, seed=7):
    random = Random(seed)
    precip = [random.gammavariate(0.6, 14.0) if random.random() < 0.4 else 0.0 for _ in range(days)]
    tmin = [random.gauss(-2.0, 8.0) for _ in range(days)]
    tmax = [t + random.uniform(0.0, 12.0) for t in tmin]
    return precip, tmin, tmax


class PotentialEvapotranspiration(unittest.TestCase):
    def test_radiation_is_that_of_example_8_in_fao_56(self):
        self.assertAlmostEqual(h.extraterrestrial_radiation(-20.0, 246), 32.2, delta=0.05)

    def test_oudin_is_a_hundredth_of_radiation_by_latent_heat_for_each_degree_above_minus_five(self):
        self.assertAlmostEqual(h.pet_oudin(-20.0, 246, 20.0), 32.2 / 2.45 * 25.0 / 100.0, delta=0.01)

    def test_there_is_none_at_minus_five_and_below(self):
        self.assertEqual(h.pet_oudin(45.0, 180, -5.0), 0.0)

    def test_the_polar_night_has_no_radiation_and_no_error(self):
        self.assertAlmostEqual(h.extraterrestrial_radiation(85.0, 355), 0.0, delta=1e-9)


class UnitHydrographs(unittest.TestCase):
    def test_ordinates_sum_to_one(self):
        for x4 in (0.51, 0.9, 1.0, 1.3, 2.0, 3.7, 6.0):
            for ordinates in h.unit_hydrographs(x4):
                self.assertAlmostEqual(sum(ordinates), 1.0, places=12)

    def test_a_base_of_two_days_has_the_ordinates_of_the_power_law(self):
        one, two = h.unit_hydrographs(2.0)
        self.assertAlmostEqual(one[0], 0.5 ** 2.5)
        self.assertEqual(len(one), 2)
        self.assertEqual(len(two), 4)
        for a, b in zip(two, reversed(two)):
            self.assertAlmostEqual(a, b)


class Gr4j(unittest.TestCase):
    def test_water_is_neither_made_nor_lost(self):
        precip, _, _ = weather()
        pet = [2.5] * len(precip)
        for x2 in (-4.0, 0.0, 2.0):
            for x4 in (0.7, 2.4):
                flow, b = h.gr4j(precip, pet, 300.0, x2, 60.0, x4)
                gained = sum(precip) + b["exchanged"]
                self.assertAlmostEqual(gained - sum(flow) - b["evaporated"], b["final"] - b["initial"], places=6)

    def test_discharge_is_never_negative(self):
        precip, _, _ = weather()
        flow, _ = h.gr4j(precip, [6.0] * len(precip), 100.0, -6.0, 20.0, 1.1)
        self.assertGreaterEqual(min(flow), 0.0)

    def test_without_rain_the_flow_recedes(self):
        flow, _ = h.gr4j([0.0] * 200, [0.0] * 200, 300.0, 0.0, 60.0, 1.5)
        self.assertTrue(all(a > b for a, b in zip(flow[5:], flow[6:])))

    def test_extreme_rain_does_not_overflow(self):
        flow, _ = h.gr4j([0.0, 1e5, 0.0], [0.0] * 3, 20.0, 0.0, 5.0, 0.6)
        self.assertTrue(all(0.0 <= q <= 1e5 for q in flow))


class CemaNeige(unittest.TestCase):
    def test_snow_is_neither_made_nor_lost(self):
        precip, tmin, tmax = weather()
        rain, snow = h.split_precipitation(precip, tmin, tmax)
        temperature = [(a + b) / 2 for a, b in zip(tmin, tmax)]
        water, pack = h.cemaneige(rain, snow, temperature, 250.0, 0.4, 3.5)
        self.assertAlmostEqual(sum(water) + pack, sum(precip), places=6)
        self.assertGreater(sum(snow), 0.0)

    def test_frost_keeps_the_pack(self):
        water, pack = h.cemaneige([0.0] * 5, [10.0] * 5, [-3.0] * 5, 250.0, 0.4, 3.5)
        self.assertEqual(sum(water), 0.0)
        self.assertEqual(pack, 50.0)

    def test_a_cold_pack_melts_later_than_a_warm_one(self):
        temperature = [-10.0] * 10 + [3.0] * 10
        snow = [5.0] * 10 + [0.0] * 10
        at_once, _ = h.cemaneige([0.0] * 20, snow, temperature, 100.0, 0.0, 3.0)
        later, _ = h.cemaneige([0.0] * 20, snow, temperature, 100.0, 0.9, 3.0)
        self.assertGreater(at_once[10], 0.0)
        self.assertEqual(later[10], 0.0)

    def test_the_solid_share_goes_from_one_to_nothing(self):
        self.assertEqual(h.solid_share(-8.0, -1.0), 1.0)
        self.assertEqual(h.solid_share(1.0, 9.0), 0.0)
        self.assertAlmostEqual(h.solid_share(-3.0, 1.0), 0.75)


class WholeModel(unittest.TestCase):
    def test_the_warm_up_is_not_part_of_the_result(self):
        precip, tmin, tmax = weather(500)
        flow = h.Weather(precip, tmin, tmax, [1.5] * 500).discharge(PARAMETERS)
        self.assertEqual(len(flow), 500)

    def test_a_record_shorter_than_the_warm_up_runs(self):
        precip, tmin, tmax = weather(100)
        self.assertEqual(len(h.Weather(precip, tmin, tmax, [1.5] * 100).discharge(PARAMETERS)), 100)


if __name__ == "__main__":
    unittest.main()
