"""An article without a security incident yields none."""

from datetime import date

import pytest

from incidents.extraction import Document, read

TODAY = date(2023, 5, 17)


def relevant(text: str, title: str = "") -> bool:
    return read(Document("t", title, text, TODAY)).relevant


@pytest.mark.parametrize(
    "text",
    [
        "The winger shot twice from the edge of the box and his side attacked to the end, but the goalkeeper saved all.",
        "In the novel, a spy is kidnapped in Vienna and an ambassador is murdered. The author has sold four million books.",
        "A train derailed in heavy rain on Monday, killing eleven passengers and injuring forty. Rescuers worked all night.",
        "A court sentenced a baker to nineteen years in prison on Monday for the murder of his partner in 2015.",
        "The finance minister attacked the opposition on Monday and said its plan would kill growth.",
        "An earthquake killed thirty people in the mountains on Monday, and troops were sent to help.",
        "",
    ],
)
def test_no_incident(text: str) -> None:
    record = read(Document("t", "", text, TODAY))
    assert not record.relevant
    assert all(event.background for event in record.events)


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen opened fire on worshippers in a mosque in Lahore on Monday and killed eight people.",
        "Police arrested six suspected militants in Basra on Tuesday and seized rifles and explosives.",
        "Fourteen pupils were abducted from a school near Zaria on Monday night by armed men on motorcycles.",
        "A drone hit a fuel depot in the port of Odesa overnight. There were no casualties, the governor said.",
    ],
)
def test_incident(text: str) -> None:
    assert relevant(text)
