"""The drawing of a toll over days."""

from datetime import date
from itertools import pairwise

from incidents.pages.toll import Said, Step, draw


def day(number: int) -> date:
    return date(2022, 1, number)


STEPS = [Step(day(21), 5, 5, 5), Step(day(23), 5, 9, 9), Step(day(30), 9, 40, None)]
SAID = [Said(day(21), 5, "5", "police"), Said(day(23), 9, "9", "a hospital"), Said(day(30), 40, "at least 40", "police")]


def test_it_works() -> None:
    chart = draw(STEPS, SAID, (day(20), day(22)), width=912)
    assert chart
    assert [(point.number, point.claimant) for point in chart.points] == [
        ("5", "police"), ("9", "a hospital"), ("at least 40", "police"),
    ]  # fmt: skip
    assert [point.x for point in chart.points] == sorted(point.x for point in chart.points)
    assert [point.y for point in chart.points] == sorted((point.y for point in chart.points), reverse=True)
    assert chart.best.count("L") == 2 * len(STEPS) - 1
    assert chart.best_label == "40"
    assert chart.lasting


def test_one_claimant_keeps_one_shape() -> None:
    chart = draw(STEPS, SAID, None, width=912)
    assert chart
    shapes = [point.shape for point in chart.points]
    assert shapes[0] == shapes[2] != shapes[1]


def test_the_scale_begins_at_nobody() -> None:
    chart = draw(STEPS, SAID, None, width=912)
    assert chart
    assert chart.ys[0].text == "0"
    assert chart.ys[0].at == chart.base


def test_everything_lies_inside() -> None:
    for width in (358, 912):
        chart = draw(STEPS, SAID, (day(1), day(31)), width=width)
        assert chart
        for x in (*(point.x for point in chart.points), *(tick.at for tick in chart.xs)):
            assert chart.left <= x <= chart.right


def test_labels_do_not_lie_on_each_other() -> None:
    said = [Said(day(21), 40 + number, str(40 + number), f"witness {number}") for number in range(4)]
    chart = draw([Step(day(21), 40, 43, 43), Step(day(22), 40, 43, 43)], said, None, width=912)
    assert chart
    heights = sorted(point.label_y for point in chart.points)
    assert all(below - above >= 14 for above, below in pairwise(heights))


def test_an_unknown_high_has_no_band_beyond_what_is_known() -> None:
    chart = draw([Step(day(21), 5, None, None), Step(day(23), 7, None, None)], SAID[:2], None, width=912)
    assert chart
    assert (chart.band, chart.best, chart.best_y) == ("", "", None)
    assert chart.low_edge


def test_nothing_is_drawn_of_one_day_of_none_or_of_nobody() -> None:
    assert draw(STEPS[:1], SAID[:1], None, width=912) is None
    assert draw([], [], None, width=912) is None
    assert draw([Step(day(21), 0, 0, 0), Step(day(22), 0, 0, 0)], [], None, width=912) is None


def test_a_happening_long_before_does_not_squeeze_the_reports() -> None:
    chart = draw(STEPS, SAID, (date(1999, 1, 1), date(1999, 1, 2)), width=912)
    assert chart
    assert chart.lasting is None
    assert chart.points[0].x < 120


def test_millions_and_decades_stay_readable() -> None:
    steps = [Step(date(1990, 1, 1), 1, 1, 1), Step(date(2022, 1, 1), 900_000, 1_000_000, 1_000_000)]
    chart = draw(steps, [Said(date(2022, 1, 1), 1_000_000, "a million", "nobody named")], None, width=358)
    assert chart
    assert len(chart.xs) <= 6
    assert len(chart.ys) <= 7
    assert chart.ys[-1].text == "1,000,000"
