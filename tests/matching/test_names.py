"""The proper names that tell one report from another."""

import pytest

from incidents.names import names_in


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Police said Nadia Rahmani was shot.", ["nadia rahmani", "*rahmani"]),
        ("Mayor José García's brother fled.", ["jose garcia", "*garcia"]),
        ("On Monday Police Chief Tom Reyes spoke.", ["tom reyes", "*reyes"]),
        ("He spoke to John Q. Harker there.", ["john q harker", "*harker"]),
        ("The Syrian Army and the United Nations met in March.", []),
        ("TWO MEN WERE KILLED IN A SHOOTING NEAR BIG CREEK.", []),
        ("Nobody is named here.", []),
        ("", []),
    ],
)
def test_names(text: str, names: list[str]) -> None:
    assert names_in(text) == names


def test_known_names_are_left_out() -> None:
    assert names_in("Islamic Front fighters entered Deir Ezzor.", ["Deir Ezzor", "Islamic Front"]) == []


def test_a_long_text_gives_no_endless_list() -> None:
    text = ". ".join(f"Aaron{chr(97 + n % 26)} Baker{chr(97 + n // 26)}" for n in range(500))
    assert len(names_in(text)) <= 61
