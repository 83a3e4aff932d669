"""The rainfall-runoff model: potential evapotranspiration, snow, soil and routing. Daily steps, mm.

PET: Oudin et al. 2005, doi:10.1016/j.jhydrol.2004.08.026, from air temperature and latitude.
Snow: CemaNeige, Valéry et al. 2014, doi:10.1016/j.jhydrol.2014.04.058, with one elevation zone.
Runoff: GR4J, Perrin, Michel & Andréassian 2003, doi:10.1016/S0022-1694(03)00225-7.

Parameters (one record per set):
  x1  capacity of the production store, mm
  x2  groundwater exchange coefficient, mm/day (negative: water leaves the catchment)
  x3  capacity of the routing store, mm
  x4  time base of the first unit hydrograph, days
  ctg weight of yesterday's thermal state of the snow pack, 0..1
  kf  degree-day melt factor, mm/°C/day
"""
from __future__ import annotations

from math import acos, ceil, cos, pi, sin, sqrt, tan, tanh

SOLAR_CONSTANT = 0.0820  # MJ/m²/min, FAO-56
LATENT_HEAT = 2.45  # MJ/kg
MELT_SHARE_BARE = 0.1  # CemaNeige: share of the potential melt when hardly any snow covers the ground
COVER_SHARE = 0.9  # snow pack, as a share of the mean annual snowfall, that covers the whole ground
PERCOLATION = (4.0 / 9.0) ** 4  # GR4J: (4S / 9x1)^4


def extraterrestrial_radiation(latitude, day_of_year):
    """Radiation above the atmosphere, MJ/m²/day (FAO-56, equation 21). Latitude in degrees."""
    phi = latitude * pi / 180.0
    angle = 2.0 * pi * day_of_year / 365.0
    distance = 1.0 + 0.033 * cos(angle)
    declination = 0.409 * sin(angle - 1.39)
    sunset = acos(max(-1.0, min(1.0, -tan(phi) * tan(declination))))
    return (24.0 * 60.0 / pi) * SOLAR_CONSTANT * distance * (
        sunset * sin(phi) * sin(declination) + cos(phi) * cos(declination) * sin(sunset))


def pet_oudin(latitude, day_of_year, temperature):
    """Potential evapotranspiration, mm/day: Re / (lambda rho) * (T + 5) / 100 where T > -5 °C."""
    if temperature <= -5.0:
        return 0.0
    return extraterrestrial_radiation(latitude, day_of_year) / LATENT_HEAT * (temperature + 5.0) / 100.0


def solid_share(tmin, tmax):
    """Share of a day's precipitation that falls as snow (the rule for catchments below 1500 m)."""
    if tmin >= 0.0:
        return 0.0
    if tmax <= 0.0:
        return 1.0
    return 1.0 - tmax / (tmax - tmin)


def split_precipitation(precip, tmin, tmax):
    """(rain, snowfall), two lists in mm/day."""
    snow = [p * solid_share(a, b) for p, a, b in zip(precip, tmin, tmax)]
    return [p - s for p, s in zip(precip, snow)], snow


def cemaneige(rain, snowfall, temperature, annual_snowfall, ctg, kf):
    """Water that reaches the ground, mm/day, and the snow pack that is left at the end, mm.

    The thermal state e = min(0, ctg e + (1 - ctg) T) delays melt until the pack is at 0 °C; then
    melt = (0.9 min(1, G / (0.9 annual snowfall)) + 0.1) min(G, kf T).
    """
    cover = COVER_SHARE * annual_snowfall
    pack = state = 0.0
    liquid = []
    put = liquid.append
    rest = 1.0 - ctg
    for r, s, t in zip(rain, snowfall, temperature):
        pack += s
        state = ctg * state + rest * t
        if state > 0.0:
            state = 0.0
        if pack > 0.0 and t > 0.0 and state == 0.0:
            melt = kf * t
            if melt > pack:
                melt = pack
            if pack < cover:
                melt *= (1.0 - MELT_SHARE_BARE) * pack / cover + MELT_SHARE_BARE
            pack -= melt
            put(r + melt)
        else:
            put(r)
    return liquid, pack


def unit_hydrographs(x4):
    """Ordinates of GR4J's two unit hydrographs (bases x4 and 2 x4 days); each list sums to 1."""
    def first(t):
        return 1.0 if t >= x4 else (t / x4) ** 2.5

    def second(t):
        if t >= 2.0 * x4:
            return 1.0
        if t <= x4:
            return 0.5 * (t / x4) ** 2.5
        return 1.0 - 0.5 * (2.0 - t / x4) ** 2.5

    one = [first(i + 1) - first(i) for i in range(ceil(x4))]
    two = [second(i + 1) - second(i) for i in range(ceil(2.0 * x4))]
    return one, two


def gr4j(water, pet, x1, x2, x3, x4):
    """Discharge, mm/day, for the water at the ground and the potential evapotranspiration, mm/day.

    Returns (discharge, balance): balance holds what the mass balance needs, all in mm: initial and
    final storage, evaporation and exchange over the whole period.
    """
    hydrograph1, hydrograph2 = unit_hydrographs(x4)
    share1 = [0.9 * o for o in hydrograph1]
    share2 = [0.1 * o for o in hydrograph2]
    n1, n2 = len(share1), len(share2)
    on_way1, on_way2 = [0.0] * n1, [0.0] * n2
    soil, routing = 0.3 * x1, 0.5 * x3
    start = soil + routing
    evaporated = exchanged = 0.0
    discharge = []
    put = discharge.append
    for p, e in zip(water, pet):
        level = soil / x1
        if p >= e:
            net = p - e
            evaporated += e
            w = tanh(net / x1 if net < 13.0 * x1 else 13.0)
            gain = x1 * (1.0 - level * level) * w / (1.0 + level * w)
            soil += gain
            effective = net - gain
        else:
            net = e - p
            w = tanh(net / x1 if net < 13.0 * x1 else 13.0)
            loss = soil * (2.0 - level) * w / (1.0 + (1.0 - level) * w)
            soil -= loss
            evaporated += p + loss
            effective = 0.0
        level = soil / x1
        level *= level
        leak = soil * (1.0 - 1.0 / sqrt(sqrt(1.0 + level * level * PERCOLATION)))
        soil -= leak
        effective += leak

        arrived1 = on_way1[0] + share1[0] * effective
        for i in range(1, n1):
            on_way1[i - 1] = on_way1[i] + share1[i] * effective
        arrived2 = on_way2[0] + share2[0] * effective
        for i in range(1, n2):
            on_way2[i - 1] = on_way2[i] + share2[i] * effective

        exchange = x2 * (routing / x3) ** 3.5
        routing += arrived1 + exchange
        exchanged += exchange
        if routing < 0.0:
            exchanged -= routing
            routing = 0.0
        level = routing / x3
        level *= level
        slow = routing * (1.0 - 1.0 / sqrt(sqrt(1.0 + level * level)))
        routing -= slow
        direct = arrived2 + exchange
        exchanged += exchange
        if direct < 0.0:
            exchanged -= direct
            direct = 0.0
        put(slow + direct)
    balance = {"initial": start, "final": soil + routing + sum(on_way1[:-1]) + sum(on_way2[:-1]),
               "evaporated": evaporated, "exchanged": exchanged}
    return discharge, balance


class Weather:
    """The forcing of one catchment, ready to be run many times.

    The first year is put in front once more as a warm-up, so that the stores are filled before the
    first day that counts, although the record has no earlier days.
    """

    def __init__(self, precip, tmin, tmax, pet, warm_up=365):
        warm_up = min(warm_up, len(precip))
        self.warm_up = warm_up
        self.pet = pet[:warm_up] + pet
        temperature = [(a + b) / 2.0 for a, b in zip(tmin, tmax)]
        self.temperature = temperature[:warm_up] + temperature
        rain, snow = split_precipitation(precip, tmin, tmax)
        self.annual_snowfall = max(1.0, sum(snow) / len(snow) * 365.25)
        self.rain = rain[:warm_up] + rain
        self.snow = snow[:warm_up] + snow

    def discharge(self, p):
        """Simulated discharge, mm/day, of each day of the record for one parameter set."""
        water, _ = cemaneige(self.rain, self.snow, self.temperature, self.annual_snowfall,
                             p["ctg"], p["kf"])
        return gr4j(water, self.pet, p["x1"], p["x2"], p["x3"], p["x4"])[0][self.warm_up:]
