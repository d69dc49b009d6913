"""The pure modules of the desk, run where they run: in the browser."""

from typing import Any

import pytest
from playwright.sync_api import Page

# Three hundred marks of one to three hundred incidents, thrown about: how many pairs still cover each other, and their sum.
SCATTERED = """(() => {
    const radius = ({count}) => 10 + Math.log2(count);
    const clusters = Array.from({length: 300}, (_, n) =>
        ({key: `${n}`, lat: (n * 97) % 331, lon: (n * 61) % 557, count: n + 1, families: {}}));
    const project = ({lat, lon}) => ({x: lon, y: lat});
    const found = m.parted({clusters, singles: []}, {project, radius, extent: () => 0}).clusters;
    const close = (a, b) => Math.hypot(a.lat - b.lat, a.lon - b.lon) < 0.95 * (radius(a) + radius(b));
    const pairs = found.flatMap((a, n) => found.slice(n + 1).filter((b) => close(a, b)));
    return [pairs.length, found.reduce((sum, {count}) => sum + count, 0)];
})()"""
CASES = [
    ("timescale", "isoDay(m.parsePeriod('2022'))", "2022-01-01"),
    ("timescale", "isoDay(m.parsePeriod('2022', true))", "2022-12-31"),
    ("timescale", "isoDay(m.parsePeriod('2024-2', true))", "2024-02-29"),
    ("timescale", "isoDay(m.parsePeriod('2022-1-9', true))", "2022-01-09"),
    ("timescale", "Number.isNaN(m.parsePeriod('soon')) && Number.isNaN(m.parsePeriod(null))", True),
    ("timescale", "isoDay(m.floor(m.parseDay('2022-01-02'), 'week'))", "2021-12-27"),
    ("timescale", "isoDay(m.step(m.parseDay('2021-12-01'), 'month', 2))", "2022-02-01"),
    ("timescale", "m.fittingUnit(m.parseDay('2022-01-01'), m.parseDay('2022-03-01'), 1000)", "day"),
    ("timescale", "m.fittingUnit(m.parseDay('1970-01-01'), m.parseDay('2022-01-01'), 1000)", "year"),
    ("timescale", "m.fittingUnit(m.parseDay('1700-01-01'), m.parseDay('2022-01-01'), 1000)", "decade"),
    ("timescale", "isoDay(m.step(m.floor(m.parseDay('1999-05-05'), 'decade'), 'decade'))", "2000-01-01"),
    ("timescale", "m.zoomed(0, 864e5, 0, 0.001)[1] / 864e5", 1),
    ("timescale", "m.fittingUnit(m.parseDay('2022-01-01'), m.parseDay('2022-01-02'), 1000)", "hour"),
    ("timescale", "m.fittingUnit(m.parseDay('2022-01-01'), m.parseDay('2022-01-05'), 1000)", "day"),
    ("timescale", "m.step(m.parseStart('2022-01-20T18:00:00'), 'hour', 6) === m.parseDay('2022-01-21')", True),
    (
        "timedata",
        "m.readTimeline({unit: 'year', bins: [{start: '1991-01-01', families: {attack: 2}},"
        " {start: '1999-01-01', families: {attack: 1, people: 4}}]}, 'decade').bins.map(b => [b.total, b.parts])",
        [[7, {"attack": 3, "people": 4}]],
    ),
    ("timescale", "m.heights(17)", [10]),
    ("timescale", "m.heights(0)", []),
    ("timescale", "m.lanes([{from: 0, to: 5}, {from: 3, to: 9}, {from: 6, to: 8}, {from: 4, to: 5}], 0, 2)", [0, 1, 0, -1]),
    ("strips", "m.cut('Siege of the town', 100, (text) => text.length * 10)", "Siege of…"),
    ("strips", "m.cut('Siege', 100, (text) => text.length * 10) + m.cut('Siege', 9, (text) => text.length * 10)", "Siege"),
    # The first takes the room that the second leaves, the second stands before its bar, the third fills the chart.
    (
        "strips",
        "m.placed([{from: 0, to: 20, name: 400}, {from: 650, to: 690, name: 100}, {from: 0, to: 700, name: 300}],"
        " {left: 0, right: 700, most: 2}).map(({lane, side, room}) => [lane, side, room])",
        [[0, "after", 400], [0, "before", 100], [1, "over", 300]],
    ),
    (
        "strips",
        "m.placed([{from: 0, to: 20, name: 900}, {from: 300, to: 320, name: 50}], {left: 0, right: 700, most: 1})"
        ".map(({room}) => room)",
        [260, 50],
    ),
    (
        "donut",
        "m.arcs({attack: 1, people: 3})",
        [{"family": "attack", "start": 0, "end": 0.25}, {"family": "people", "start": 0.25, "end": 1}],
    ),
    ("donut", "m.donutRadius(1) < m.donutRadius(10) && m.donutRadius(1e7) <= 30", True),
    ("words", "m.short(9999) + ' ' + m.short(12400) + ' ' + m.short(1000000)", "9999 12k 1.0M"),
    ("cells", "m.compact([[0, 179], [0, -179]])", [[0, 179], [0, 181]]),
    ("cells", "m.inView({clusters: [], singles: [{lat: 0, lon: -179}]}, 175).singles[0].lon", 181),
    (
        "cells",
        "(({clusters, singles}) => [clusters.map(c => [c.count, c.families]), singles.length])(m.parted({"
        "clusters: [{key: 'a', lat: 0, lon: 0, count: 9, families: {attack: 9}},"
        " {key: 'b', lat: 0, lon: 300, count: 4, families: {other: 4}}],"
        "singles: [{key: 'c', lat: 0, lon: 5, family: 'people'}, {key: 'd', lat: 0, lon: 150, family: 'people'}]},"
        "{project: ({lat, lon}) => ({x: lon, y: lat}), radius: () => 20, extent: () => 0}))",
        [[[10, {"attack": 9, "people": 1}], [4, {"other": 4}]], 1],
    ),
    # Joined, the first two stand nearer to the third than either of them did.
    (
        "cells",
        "m.parted({clusters: [0, 30, 50].map((lon) => ({key: `${lon}`, lat: 0, lon, count: 2, killed: 1, families: {}})),"
        " singles: []}, {project: ({lat, lon}) => ({x: lon, y: lat}), radius: () => 20, extent: () => 0})"
        ".clusters.map(c => [c.count, c.killed, c.bounds])",
        [[6, 3, [[0, 0], [0, 50]]]],
    ),
    # Larger marks reach farther: the ten thousand at 0 take in what one incident there would not.
    (
        "cells",
        "m.parted({clusters: [0, 40].map((lon) => ({key: `${lon}`, lat: 0, lon, count: lon ? 2 : 1e4, families: {}})),"
        " singles: []}, {project: ({lat, lon}) => ({x: lon, y: lat}), radius: ({count}) => count > 9 ? 30 : 13, extent: () => 0})"
        ".clusters.map(c => c.count)",
        [10002],
    ),
    ("cells", SCATTERED, [0, 45150]),
    (
        "cells",
        "m.compact([-170, -100, -60, 20, 100, 170].map((lon) => [0, lon])).map(p => p[1])",
        [-170, -100, -60, 20, 100, 170],
    ),
    ("topology", "m.unit(0, 0)", [0.5, 0.5]),
    (
        "topology",
        "m.countries({arcs: [[[170, 0], [-170, 0], [-170, 10], [170, 10], [170, 0]]], objects: {countries: {geometries: "
        "[{type: 'Polygon', arcs: [[0]], properties: {name: 'Across'}}]}}})[0].rings[0].right > 1",
        True,
    ),
]


@pytest.mark.usefixtures("transactional_db")
def test_they_keep_their_promises(page: Page, live_desk: str) -> None:
    page.goto(f"{live_desk}/changes/")

    def run(module: str, expression: str) -> Any:
        code = expression.replace("isoDay(", "m.isoDay(")
        return page.evaluate(f"import('/static/js/{module}.js').then(m => {code})")

    wrong = [(expression, got) for module, expression, expected in CASES if (got := run(module, expression)) != expected]
    assert wrong == []
