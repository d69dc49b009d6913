"""The article the project began with comes out right. Its text stays outside the repository; absent, these tests are skipped."""

from datetime import date
from pathlib import Path

import pytest

from incidents.extraction import Document, Event, Record, read

SEED = Path(__file__).parents[3] / "shared" / "seed" / "prison-break.txt"
pytestmark = [pytest.mark.seed, pytest.mark.skipif(not SEED.is_file(), reason="the seed article is not here")]


def read_seed(published: date | None = date(2022, 2, 8)) -> Record:
    title, _, text = SEED.read_text("utf-8").partition("\n")
    return read(Document("seed", title, text, published))


def find(record: Record, *kinds: str, killed: int | None = None) -> Event:
    found = [event for event in record.events if event.type in kinds]
    if killed is not None:
        found = [event for event in found if any(count.outcome == "killed" and count.best == killed for count in event.counts)]
    assert found, f"none of {kinds} with killed {killed}"
    return found[0]


def names(event: Event, *roles: str) -> set[str]:
    return {actor.name for actor in event.actors if actor.role in roles}


def is_in_hasakah(event: Event) -> bool:
    place = event.place
    return bool(
        place and "Hasakah" in place.name and place.lat and abs(place.lat - 36.5) < 0.3 and abs((place.lon or 0) - 40.75) < 0.3
    )


def test_the_attack_on_the_prison() -> None:
    event = find(read_seed(), "suicide_bombing", "attack", killed=500)
    assert event.date
    assert (event.date.earliest, event.date.precision) == (date(2022, 1, 20), "day")
    assert is_in_hasakah(event)
    assert "Islamic State" in names(event, "perpetrator")
    assert any("car bomb" in weapon.name for weapon in event.weapons)
    assert not event.background


def test_the_militants_killed_in_the_siege() -> None:
    counts = [count for event in read_seed().events for count in event.counts if count.outcome == "killed" and count.best == 374]
    assert counts
    assert counts[0].who_class == "armed_group"
    assert counts[0].claimant
    assert "SDF" in counts[0].claimant


def test_the_recaptured_prisoners() -> None:
    event = find(read_seed(), "recapture")
    count = next(count for count in event.counts if count.outcome == "recaptured")
    assert (count.low, count.high, count.who_class) == (1100, None, "captive")
    assert is_in_hasakah(event)
    assert event.date
    assert event.date.earliest
    assert event.date.earliest >= date(2022, 1, 20)


def test_the_raid_on_the_leader() -> None:
    event = find(read_seed(), "raid")
    assert event.date
    assert event.date.earliest == date(2022, 2, 3)
    assert event.place
    assert event.place.precision in ("area", "adm1")
    assert any("Special Forces" in name for name in names(event, "security_force"))


def test_the_arrest_of_two_men() -> None:
    event = find(read_seed(), "arrest")
    assert event.date
    assert event.date.earliest == date(2022, 2, 4)
    assert is_in_hasakah(event)
    assert any("security forces" in name for name in names(event, "security_force"))


def test_the_cousin_shot_dead() -> None:
    event = find(read_seed(), "execution", "shooting", killed=1)
    assert event.date
    assert event.date.earliest == date(2022, 1, 20)
    assert is_in_hasakah(event)


def test_the_curfew() -> None:
    event = find(read_seed(), "curfew")
    assert event.date
    assert (event.date.precision, event.date.earliest) == ("upper_bound", None)
    assert "SDF" in names(event, "security_force")
    assert is_in_hasakah(event)


def test_the_old_prison_break_is_background() -> None:
    event = next(event for event in read_seed().events if event.background)
    assert event.type == "escape"
    assert event.date
    assert (event.date.earliest, event.date.precision) == (date(2013, 7, 1), "month")
    assert event.place
    assert "Abu Ghraib" in event.place.name
    assert event.place.country == "IQ"


@pytest.mark.parametrize("number", [3500, 5000, 6000, 54, 26, 29, 115, 20])
def test_what_is_no_toll_is_not_counted(number: int) -> None:
    outcomes = ("killed", "wounded", "captured", "recaptured", "escaped", "abducted")
    counts = [count for event in read_seed().events for count in event.counts if count.outcome in outcomes]
    assert number not in [count.best for count in counts] + [count.low for count in counts]


def test_without_a_day_of_publication_no_year_is_invented() -> None:
    dates = [event.date for event in read_seed(None).events if event.date]
    assert any(value.month_day == (1, 20) and value.earliest is None for value in dates)
