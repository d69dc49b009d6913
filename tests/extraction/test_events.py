"""One event a happening: fragments are joined, other happenings stand apart, the main one comes first."""

from datetime import date

from incidents.extraction import Document, Record, read

TODAY = date(2023, 5, 17)


def read_text(text: str, title: str = "") -> Record:
    return read(Document("t", title, text, TODAY))


def test_fragments_of_one_attack_are_one_event() -> None:
    record = read_text(
        "A car bomb exploded at a market in Kirkuk on Monday. The blast killed nine people, police said. "
        "The attack was the worst in the city this year, and the bombing left thirty people wounded.",
    )
    assert [event.type for event in record.events if not event.background] == ["bombing"]
    assert record.events[0].totals["killed"].best == 9


def test_another_day_and_place_open_another_event() -> None:
    record = read_text(
        "A car bomb exploded at a market in Kirkuk on Monday and killed nine people. "
        "Separately, gunmen shot dead two teachers in Basra on Tuesday.",
    )
    assert len([event for event in record.events if not event.background]) == 2
    assert record.events[0].totals["killed"].best == 9
    assert record.events[1].totals["killed"].best == 2


def test_the_headline_makes_the_main_event() -> None:
    record = read_text(
        "Police in Basra arrested nine suspected militants on Tuesday. Gunmen had killed two soldiers in Mosul on Sunday.",
        "Nine suspected militants arrested in Basra",
    )
    assert record.events[0].type == "arrest"


def test_an_old_attack_is_background() -> None:
    record = read_text(
        "Gunmen killed four people in a bar in Kirkuk on Monday. In July 2013 a suicide bomber killed forty people there.",
    )
    old = [event for event in record.events if event.background]
    assert [event.totals["killed"].best for event in old] == [40]
    assert record.events[0].totals["killed"].best == 4


def test_the_weapon_makes_the_act_specific() -> None:
    assert (
        read_text("A suicide bomber attacked a checkpoint in Mosul on Monday and killed six soldiers.").events[0].type
        == "suicide_bombing"
    )
    assert read_text("Warplanes attacked a village near Idlib on Monday and killed six people.").events[0].type == "air_strike"
    assert (
        read_text("Rebels attacked a base near Goma with mortars on Monday and killed six soldiers.").events[0].type == "shelling"
    )


def test_a_weapon_of_another_act_is_not_listed() -> None:
    event = read_text("A bomb killed six soldiers near Mosul on Monday. The bomb was hidden in a cart.").events[0]
    assert [weapon.name.lower() for weapon in event.weapons] == ["bomb"]
