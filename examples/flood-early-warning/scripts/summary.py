"""Step `summary`: one self-contained HTML page for people: status, skill, hydrographs, data quality."""
from __future__ import annotations

import argparse
import base64
import csv
from html import escape

from command import InputError, read_json, run

STYLE = """
:root{--ink:#1c222a;--soft:#5b6672;--line:#d9e0e7;--paper:#fff;--tint:#f4f7fa;--blue:#1762ab;
--watch:#8a6200;--warning:#b34a00;--severe:#b2182b;--none:#1f6f43}
*{box-sizing:border-box}
body{margin:0;background:var(--tint);color:var(--ink);font:16px/1.5 system-ui,"Segoe UI",Roboto,"Liberation Sans",sans-serif}
main,header,footer{max-width:1080px;margin:0 auto;padding:0 20px}
header{padding-top:36px}
h1{font-size:1.9rem;line-height:1.2;margin:0 0 4px}
h2{font-size:1.25rem;margin:0}
h3{font-size:1rem;margin:18px 0 4px}
p{margin:6px 0}
.soft{color:var(--soft)}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px;margin:20px 0}
.tile,.card{background:var(--paper);border:1px solid var(--line);border-radius:10px}
.tile{padding:12px 16px}
.tile b{display:block;font-size:1.7rem;line-height:1.25;font-variant-numeric:tabular-nums}
.card{padding:20px;margin:0 0 20px}
.card>header{display:flex;flex-wrap:wrap;gap:4px 14px;align-items:baseline;padding:0;max-width:none}
.card>header .soft{flex:1}
.badge{border-radius:999px;padding:1px 12px;font-weight:600;font-size:.9rem;white-space:nowrap;border:1.5px solid currentColor}
.none{color:var(--none)}.watch{color:var(--watch)}.warning{color:var(--warning)}.severe{color:var(--severe)}
img{display:block;width:100%;height:auto;margin:12px 0 4px}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums;font-size:.93rem}
th,td{text-align:right;padding:5px 9px;border-bottom:1px solid var(--line);vertical-align:baseline}
th{font-weight:600}thead th{color:var(--soft);font-size:.85rem;vertical-align:bottom}
th:first-child,td:first-child,.left{text-align:left}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:0 28px}
ul{margin:4px 0;padding-left:20px}
tbody td{white-space:nowrap}tbody td.wrap{white-space:normal}
footer{padding-bottom:40px;font-size:.9rem;color:var(--soft)}
a{color:var(--blue)}
@media(max-width:720px){.pair{grid-template-columns:1fr}}
@media print{@page{margin:12mm}html{font-size:9.5px}body{background:#fff;font-size:1rem}
main,header,footer{padding-left:0;padding-right:0;max-width:none}header{padding-top:0}
.tiles{grid-template-columns:repeat(5,1fr);margin:10px 0}.scroll{overflow:visible}
.card{break-inside:avoid;border:0;border-top:1px solid var(--line);border-radius:0;padding:8px 0;margin:0}
img{width:88%;margin:4px auto}h3{margin-top:6px}th,td{padding:2px 6px}}
"""


def main():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("--title", required=True)
    p.add_argument("--skill", required=True)
    for name in ("status", "quality", "thresholds", "parameters", "hydrographs"):
        p.add_argument("--" + name, nargs="+", required=True)
    a = p.parse_args()
    counts = {len(v) for v in (a.status, a.quality, a.thresholds, a.parameters, a.hydrographs)}
    if len(counts) != 1:
        raise InputError(f"expected the same number of files for each list, found {sorted(counts)}")
    with open(a.skill, encoding="utf-8", newline="") as f:
        skill = {(r["gauge"], r["period"]): r for r in csv.DictReader(f)}
    catchments = []
    for status, quality, thresholds, parameters, picture in zip(
            a.status, a.quality, a.thresholds, a.parameters, a.hydrographs):
        catchments.append((read_json(status), read_json(quality), read_json(thresholds)["levels"],
                           read_json(parameters), picture))
    with open("summary.html", "w", encoding="utf-8") as f:
        f.write("\n".join(page(a.title, catchments, skill)) + "\n")


def page(title, catchments, skill):
    states = [c[0] for c in catchments]
    warned = [s for s in states if s["exceeded"]]
    first, last = states[0]["watch"]["first"], states[0]["watch"]["last"]
    yield "<!DOCTYPE html>"
    yield '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(title)}</title><style>{STYLE}</style></head><body>"
    yield f'<header><h1>{escape(title)}</h1><p class="soft">Watch period {first} to {last}. '
    yield "A hindcast: past weather drives the model. Not an operational forecast.</p></header><main>"
    yield '<section class="tiles" aria-label="Key figures">'
    runs = sum(c[3]["runs"] for c in catchments)
    hits, misses = sum(s["hits"] for s in states), sum(s["misses"] for s in states)
    false = sum(s["false_alarms"] for s in states)
    for figure, words in (
            (f"{len(warned)} of {len(states)}", "catchments with a warning"),
            (f"{hits} of {hits + misses}", "observed floods warned of"),
            (false, "false alarm" if false == 1 else "false alarms"),
            (median([skill[(s["gauge"], "validation")]["kge"] for s in states]), "median KGE, unseen period"),
            (f"{runs:,}".replace(",", " "), "model runs in calibration")):
        yield f'<div class="tile"><b>{figure}</b><span class="soft">{words}</span></div>'
    yield "</section>"
    yield '<section class="card" aria-labelledby="overview"><h2 id="overview">Status and skill</h2><div class="scroll"><table>'
    yield ('<thead><tr><th scope="col">Catchment</th><th scope="col" class="left">Status</th><th scope="col">Chance of '
           'warning level</th><th scope="col">NSE calibration</th><th scope="col">NSE validation</th>'
           '<th scope="col">KGE calibration</th><th scope="col">KGE validation</th>'
           '<th scope="col">Peak error validation</th><th scope="col">In 90&nbsp;% band</th></tr></thead><tbody>')
    for s in states:
        seen, unseen = skill[(s["gauge"], "calibration")], skill[(s["gauge"], "validation")]
        yield (f'<tr><th scope="row"><a href="#g{escape(s["gauge"])}">{escape(s["name"])}</a></th>'
               f'<td class="left">{badge(s)}</td><td>{s["highest_chance"]:.0%}</td>'
               f'<td>{two(seen["nse"])}</td><td>{two(unseen["nse"])}</td>'
               f'<td>{two(seen["kge"])}</td><td>{two(unseen["kge"])}</td>'
               f'<td>{signed(unseen["peak_error_percent"])}</td><td>{share(unseen["band_coverage_percent"])}</td></tr>')
    yield "</tbody></table></div>"
    yield ('<p class="soft">NSE and KGE: 1 is perfect; NSE 0 is no better than the mean. Calibration saw '
           f'{states[0]["train"]["first"]} to {states[0]["train"]["last"]}; validation is the watch period, which it did '
           "not see. The last column says how often the observation lay inside the ensemble's band.</p></section>")
    for c in catchments:
        yield from card(*c, skill)
    yield "</main><footer><p>Model: GR4J (Perrin et al. 2003) with CemaNeige snow (Valéry et al. 2014), potential "
    yield "evapotranspiration after Oudin et al. (2005). A warning is due where at least half of the ensemble reaches the "
    yield "warning threshold. Made by the Twinflow example flood-early-warning.</p></footer></body></html>"


def card(status, quality, levels, parameters, picture, skill):
    gauge = escape(status["gauge"])
    name = escape(status["name"])
    yield f'<section class="card" id="g{gauge}" aria-labelledby="h{gauge}"><header><h2 id="h{gauge}">{name}</h2>'
    yield f'<span class="soft">gauge {gauge}, {status["area_km2"]:,.0f} km²</span>{badge(status)}</header>'
    with open(picture, "rb") as f:
        data = base64.b64encode(f.read()).decode("ascii")
    unseen = skill[(status["gauge"], "validation")]
    warnings = len(status["events"])
    words = f"Hydrograph of {name}, {status['watch']['first']} to {status['watch']['last']}: "
    if unseen["peak_day"]:
        words += (f"observed peak {unseen['peak_observed_m3s']} m³/s on {unseen['peak_day']}, "
                  f"simulated {unseen['peak_simulated_m3s']} m³/s; ")
    words += f"{warnings} warning{'' if warnings == 1 else 's'}."
    yield f'<img alt="{words}" width="1600" height="800" src="data:image/png;base64,{data}">'
    if status["events"]:
        yield '<h3>Warnings</h3><div class="scroll"><table><thead><tr><th scope="col">Days</th><th scope="col" class="left">Level'
        yield ('</th><th scope="col">Chance</th><th scope="col">Peak day</th><th scope="col">Median peak, m³/s</th>'
               '<th scope="col">90&nbsp;% band, m³/s</th><th scope="col">Observed, m³/s</th>'
               '<th scope="col" class="left">Outcome</th></tr></thead><tbody>')
        for e in status["events"]:
            days = e["first"] if e["first"] == e["last"] else f"{e['first']} to {e['last']}"
            observed = "–" if e["observed_m3s"] is None else f"{e['observed_m3s']:.1f}"
            yield (f'<tr><td>{days}</td><td class="left {e["level"]}">{e["level"]}</td><td>{e["chance"]:.0%}</td>'
                   f'<td>{e["peak_day"]}</td><td>{e["p50_m3s"]:.1f}</td><td>{e["p05_m3s"]:.1f} to {e["p95_m3s"]:.1f}</td>'
                   f'<td>{observed}</td><td class="left">{e["outcome"]}</td></tr>')
        yield "</tbody></table></div>"
    yield '<div class="pair"><div><h3>Thresholds</h3><table><tbody>'
    for l in levels:
        yield (f'<tr><th scope="row" class="{l["level"]}">{l["level"]}</th><td>{l["m3s"]:.1f}&nbsp;m³/s</td>'
               f'<td class="left soft wrap">{escape(l["meaning"])}</td></tr>')
    best = parameters["sets"][0]["parameters"]
    yield "</tbody></table></div><div><h3>Data quality</h3><ul>"
    for note in quality["notes"]:
        yield f"<li>{escape(note)}</li>"
    yield "</ul></div></div>"
    yield (f'<p class="soft">Best parameter set: x1 {best["x1"]:.0f} mm, x2 {best["x2"]:.2f} mm/day, x3 {best["x3"]:.0f} mm, '
           f'x4 {best["x4"]:.2f} days, snow memory {best["ctg"]:.2f}, melt {best["kf"]:.1f} mm/°C/day.</p></section>')


def badge(status):
    if not status["exceeded"]:
        return '<span class="badge none">✓ no warning</span>'
    return f'<span class="badge {status["level"]}">▲ {status["level"]}</span>'


def two(value):
    return f"{float(value):.2f}" if value else "–"


def signed(value):
    return f"{float(value):+.0f}&nbsp;%".replace("-", "−") if value else "–"


def share(value):
    return f"{float(value):.0f}&nbsp;%" if value else "–"


def median(texts):
    values = sorted(float(t) for t in texts if t)
    if not values:
        return "–"
    middle = len(values) // 2
    return f"{values[middle] if len(values) % 2 else (values[middle - 1] + values[middle]) / 2:.2f}"


if __name__ == "__main__":
    run(main)
