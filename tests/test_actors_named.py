"""One actor is one row, however a text writes its name."""

import pytest

from incidents.actors import actors_named, is_in_capitals, written_as
from incidents.models import Actor


@pytest.mark.parametrize(
    ("name", "in_capitals", "written"),
    [
        ("gunmen", False, "gunmen"),
        ("Daesh", False, "Islamic State"),
        ("ISIS", False, "Islamic State"),
        ("ISLAMIC STATE GUNMEN", True, "Islamic State"),
        ("Taliban fighters", False, "Taliban"),
        ("FORMER ISLAMIC STATE COOK", True, "former Islamic State cook"),
        ("POLICE", True, "police"),
        ("Union of Bakers", False, "Union of Bakers"),
    ],
)
def test_a_name_as_a_list_writes_it(name: str, in_capitals: bool, written: str) -> None:
    assert written_as(name, in_capitals=in_capitals) == written


@pytest.mark.django_db
def test_case_makes_no_second_actor() -> None:
    """The small initial wins: the capital was the sentence's."""
    first = actors_named(["Gunmen"], in_capitals=False)["Gunmen"]
    second = actors_named(["gunmen", "GUNMEN"], in_capitals=False)
    assert first.pk == second["gunmen"].pk == second["GUNMEN"].pk
    assert Actor.objects.get().name == "gunmen"


@pytest.mark.parametrize(("text", "capitals"), [("POLICE SAID SO", True), ("Police in the U.S. said", False), ("", False)])
def test_a_wire_in_capitals(text: str, capitals: bool) -> None:
    assert is_in_capitals(text) is capitals
