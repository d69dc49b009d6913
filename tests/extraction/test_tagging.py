"""Parts of speech and base forms: right on plain news sentences, however they are cased."""

import pytest

from incidents.extraction.lemmas import lemma_of
from incidents.extraction.tagging import WEIGHTS, load_model, tag
from incidents.extraction.tokens import Token, tokenize
from incidents.extraction.values import Document


def tagged(text: str) -> list[Token]:
    reading = tokenize(Document("1", "", text))
    tag(reading)
    return [token for sentence in reading.sentences for token in sentence.tokens]


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("The soldiers were killed in the city.", "DT NNS VBD VBN IN DT NN ."),
        ("Two men were arrested on Monday.", "CD NNS VBD VBN IN NNP ."),
        ("The army did not attack the village.", "DT NN VBD RB VB DT NN ."),
        ("He will return to Nairobi.", "PRP MD VB TO|IN NNP ."),
        ("It's the army's gun.", "PRP VBZ|POS DT NN POS NN ."),
    ],
)
def test_tags(text: str, tags: str) -> None:
    for token, allowed in zip(tagged(text), tags.split(), strict=True):
        assert token.tag in allowed.split("|"), token


def test_capitals_do_not_make_names_of_common_words() -> None:
    small = [token.tag for token in tagged("The police arrested the man in the market.")]
    assert [token.tag for token in tagged("THE POLICE ARRESTED THE MAN IN THE MARKET.")] == small
    assert [token.tag for token in tagged("The Police Arrested the Man in the Market.")][1] != "NNP"


def test_an_unknown_capitalised_word_is_a_name() -> None:
    assert tagged("Gunmen attacked Zbrankovo on Monday.")[2].tag == "NNP"


@pytest.mark.parametrize(
    ("word", "tag_name", "base"),
    [
        ("killed", "VBN", "kill"),
        ("wounded", "VBD", "wound"),
        ("seized", "VBD", "seize"),
        ("stopped", "VBD", "stop"),
        ("fled", "VBD", "flee"),
        ("shot", "VBN", "shoot"),
        ("carried", "VBD", "carry"),
        ("bodies", "NNS", "body"),
        ("men", "NNS", "man"),
        ("attacks", "VBZ", "attack"),
        ("exploding", "VBG", "explode"),
        ("charged", "VBN", "charge"),
        ("raided", "VBD", "raid"),
        ("Paris", "NNP", "Paris"),
        ("was", "VBD", "be"),
    ],
)
def test_base_forms(word: str, tag_name: str, base: str) -> None:
    assert lemma_of(word, tag_name) == base


def test_the_weights_stay_small() -> None:
    assert WEIGHTS.stat().st_size < 3_000_000
    assert len(load_model().small) > 10_000
