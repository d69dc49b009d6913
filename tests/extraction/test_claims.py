"""Who says so: the source of a figure, before and after it, in quotations and behind pronouns."""

import pytest

from incidents.extraction.claims import attributions
from incidents.extraction.counts import find
from incidents.extraction.tagging import tag
from incidents.extraction.tokens import Reading, tokenize
from incidents.extraction.values import Document


def read(text: str) -> Reading:
    reading = tokenize(Document("1", "", text))
    tag(reading)
    return reading


@pytest.mark.parametrize(
    ("text", "claimant"),
    [
        ("The army said that two men were killed.", "army"),
        ("Two men were killed, police said.", "police"),
        ("Two men were killed, said Col. Musa Bello, the police chief.", "Col. Musa Bello"),
        ("According to the health ministry, two men were killed.", "health ministry"),
        ("Two men were killed, according to the Centre for Human Rights.", "Centre for Human Rights"),
        ("Residents told Radio Kivu that two men were killed.", "Residents"),
        ("The imam of a village near Gao said two men were killed.", "imam of a village near Gao"),
        ("An officer, who asked not to be named, said two men were killed.", "officer"),
        ("Two men were killed, a nurse who asked not to be identified said.", "nurse"),
        ("Residents reached by telephone said two men were killed.", "Residents"),
        ("Police on Monday put the toll at two.", "Police"),
        ("According to figures compiled by the monitor, two men were killed.", "monitor"),
        ("The blast killed two men, not six as first reported.", None),
        ("Officials were quoted as saying that two men were killed.", "Officials"),
        ("Television quoted an official as saying that two men were killed.", "official"),
        ("“Two men were killed,” Fatuma Ali, 34, told reporters.", "Fatuma Ali"),
        ("On Monday police said two men were killed.", "police"),
        ("At first officials spoke of two dead.", "officials"),
        ("The human rights office documented two deaths.", "human rights office"),
        ("The monitor put the death toll at two.", "monitor"),
        ("Police gave the toll as two dead.", "Police"),
        ("Two men were killed, according to a tally by the Red Crescent.", "Red Crescent"),
        ("The group's latest tally stood at two dead.", "group"),
        ("Police gave chase and killed two men.", None),
        ("Two deaths were recorded after the blast.", None),
        ("The minister spoke of peace when two men were killed.", None),
        ("Chad denied that its soldiers had killed two men.", None),
        ("The Coastal Front claimed responsibility for the blast that killed two men.", None),
        ("OFFICIALS FEARED THAT TWO MEN WERE KILLED AND SAID THE FIGURE WOULD RISE.", None),
        ("Two men were killed.", None),
    ],
)
def test_claimant_of_a_count(text: str, claimant: str | None) -> None:
    (mention,) = find(read(text))
    assert mention.count.claimant == claimant
    span = mention.count.claimant_span
    assert (text[span.start : span.end] if span else None) == claimant


def test_a_pronoun_and_a_running_quotation_have_the_speaker_before_them() -> None:
    mentions = find(read("The mayor said two men were killed. He said four women were wounded. “A boy was killed,” he added."))
    assert [mention.count.claimant for mention in mentions] == ["mayor", "mayor", "mayor"]


def test_what_is_said_lies_on_the_right_side() -> None:
    (before,) = attributions(read("The army said that two men were killed.").sentences[0])
    (after,) = attributions(read("Two men were killed, police said.").sentences[0])
    assert before.content_first > before.cue
    assert after.content_last <= after.source_first
