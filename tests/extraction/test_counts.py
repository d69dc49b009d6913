"""Statements about people: how many, what happened to them, who they are; and the numbers that count nobody."""

import pytest

from incidents.extraction.counts import CountMention, find
from incidents.extraction.tagging import tag
from incidents.extraction.tokens import tokenize
from incidents.extraction.totals import Claim, tolls
from incidents.extraction.values import Document


def mentions(text: str, title: str = "") -> list[CountMention]:
    reading = tokenize(Document("1", title, text))
    tag(reading)
    return find(reading)


def stated(text: str) -> list[tuple[str, int | None]]:
    return [(mention.count.outcome, mention.count.best) for mention in mentions(text)]


def best(text: str, outcome: str, title: str = "") -> int | None:
    toll = tolls([Claim(mention.count) for mention in mentions(text, title)]).get(outcome)
    return toll.total.best if toll else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gunmen killed six farmers and wounded nine near Gao.", [("killed", 6), ("wounded", 9)]),
        ("Six farmers were killed and nine wounded near Gao.", [("killed", 6), ("wounded", 9)]),
        ("A blast near Gao, killing at least six people and wounding nine others.", [("killed", 6), ("wounded", 9)]),
        ("The blast left six people dead.", [("killed", 6)]),
        ("Six people, most of them traders, were killed.", [("killed", 6)]),
        ("Six people from one village were killed.", [("killed", 6)]),
        ("Six people died in the fire.", [("killed", 6)]),
        ("The raid claimed the lives of six people.", [("killed", 6)]),
        ("A bomb killed two guards and wounded a third.", [("killed", 2), ("wounded", 1)]),
        ("Four men were shot dead; another was hurt.", [("killed", 4), ("wounded", 1)]),
        ("Four miners were killed and eight freed.", [("killed", 4), ("released", 8)]),
        ("Eight people were killed and 80 sustained injuries.", [("killed", 8), ("wounded", 80)]),
        ("Of the 30 people hit by gunfire, nine died and 21 were taken to hospital.", [("killed", 9), ("wounded", 21)]),
        ("A mine killed twin sisters near Gao.", [("killed", 2)]),
        ("Villagers found dozens of bodies.", [("killed", None)]),
        ("A fifth died of his wounds.", [("killed", 1)]),
        ("Three of the 20 students abducted on Monday have been freed.", [("abducted", 20), ("released", 3)]),
        ("Five of the 12 people wounded in the blast have died.", [("wounded", 12), ("killed", 5)]),
        ("An estimated 1.5m people have fled.", [("displaced", 1500000)]),
        ("The floods left 340,000 homeless.", [("displaced", 340000)]),
        ("Another of the wounded died overnight.", [("killed", 1)]),
        ("Police said four had died, while doctors spoke of seven.", [("killed", 4), ("killed", 7)]),
        ("The ministry gave the number of dead as 31. An aid group counted 47.", [("killed", 31), ("killed", 47)]),
        (
            "Organisers said 80,000 people joined the march; police put it at 35,000.",
            [("participants", 80000), ("participants", 35000)],
        ),
        ("More than half a million people have been uprooted.", [("displaced", 500000)]),
        ("No one lost their life in the fire.", [("killed", 0)]),
        ("There were no reports of anyone being hurt.", [("killed", 0), ("wounded", 0)]),
        ("The hospital treated 20 people for burns.", [("wounded", 20)]),
        ("Hundreds of women demonstrated in Kabul.", [("participants", None)]),
        ("“Eleven of our men fell,” the commander said.", [("killed", 11)]),
        ("Twelve soldiers fell in the ambush.", [("killed", 12)]),
        ("The army lost nine soldiers in the battle.", [("killed", 9)]),
        ("Villagers buried 20 people in a mass grave.", [("killed", 20)]),
        ("A stabbing left a student with cuts to the face.", [("wounded", 1)]),
        ("Militants seized 12 oil workers from a bus.", [("abducted", 12)]),
        ("The attacks forced 3,000 people to flee.", [("displaced", 3000)]),
        ("There was no loss of life.", [("killed", 0)]),
        ("There were neither deaths nor injuries.", [("killed", 0), ("wounded", 0)]),
        ("About 5,000 people marched through the town in protest.", [("participants", 5000)]),
        ("Police fired tear gas at 500 protesters.", [("participants", 500)]),
        ("The march drew 12,000 people.", [("participants", 12000)]),
        ("A rally of 3,000 supporters was held.", [("participants", 3000)]),
        ("Twelve protesters were shot dead.", [("killed", 12)]),
        ("The mayor said ten had died. The hospital put the number at 14.", [("killed", 10), ("killed", 14)]),
        ("Two were hurt. An hour later the figure had climbed to five.", [("wounded", 2), ("wounded", 5)]),
        ("Two more died. That makes nine.", [("killed", 2), ("killed", 9)]),
        ("Police put the toll at 12. It now stands at 15.", [("killed", 12), ("killed", 15)]),
        ("The bodies of six men were found.", [("killed", 6)]),
        ("The killing of six nurses was condemned.", [("killed", 6)]),
        ("The death toll rose to 19 from 12.", [("killed", 19)]),
        ("A policeman was shot dead.", [("killed", 1)]),
        ("Gunmen shot a policeman dead.", [("killed", 1)]),
        ("Col. Musa Bello, 41, was killed.", [("killed", 1)]),
        ("A hunter was found shot to death.", [("killed", 1)]),
        ("They abducted three nuns.", [("abducted", 3)]),
        ("The gunmen took nine shoppers hostage.", [("abducted", 9)]),
        ("Troops detained two suspected rebels.", [("captured", 2)]),
        ("Police recaptured eight inmates.", [("recaptured", 8)]),
        ("Eleven prisoners escaped from the jail.", [("escaped", 11)]),
        ("The rebels freed four hostages.", [("released", 4)]),
        ("Forty sailors are missing.", [("missing", 40)]),
        ("More than 900 people fled the town.", [("displaced", 900)]),
        ("There were no casualties.", [("killed", 0), ("wounded", 0)]),
        ("Nobody was hurt.", [("wounded", 0), ("killed", 0)]),
        ("No one was killed.", [("killed", 0)]),
    ],
)
def test_statements(text: str, expected: list[tuple[str, int]]) -> None:
    assert stated(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The militia could have killed six farmers.",
        "They threatened to kill six hostages.",
        "The army denied that it would arrest two men.",
        "The killer, 34, drove 40 miles along Highway 61.",
        "The army released a statement about 12 tanks.",
        "Soldiers found 40 rifles and 2,000 rounds.",
        "Families demanded the release of their sons.",
        "He was sentenced to death in 2016.",
        "The film killed it at the box office with 30 million.",
        "A mortar killed a fifth of the herd.",
        "The number of votes cast rose to 300.",
        "The third died out after a ninth attack.",
        "Two fighters fell ill.",
        "The wall fell 12m.",
        "Police spoke of seven attacks.",
        "Doctors treated him well.",
        "Votes were counted in 47 towns.",
        "Three men fell from the roof.",
        "The army lost contact with nine soldiers.",
        "The party lost 12 seats.",
        "Ten people were buried under rubble.",
        "Rebels buried 12 mines on the road.",
        "Police seized two men and 12 rifles.",
        "Rebels seized two villages.",
        "Protesters marched five miles through the town.",
        "Some 2,000 rebels marched on the capital.",
        "He drew a knife at the rally.",
        "The demonstration cost $12 million.",
    ],
)
def test_no_statement(text: str) -> None:
    assert stated(text) == []


def test_a_subset_is_part_of_the_whole() -> None:
    whole, part = mentions("Twelve people, including three children, were killed.")
    assert (whole.count.part_of_whole, part.count.part_of_whole) == (False, True)
    assert part.count.best == 3
    among = mentions("A mine killed eight people. Two girls were among the dead.")[-1]
    assert among.count.part_of_whole


def test_what_some_of_them_were_is_a_part() -> None:
    whole, part = mentions("Gunmen killed eleven farmers, four of them brothers, near Gao.")
    assert (whole.count.part_of_whole, part.count.part_of_whole, part.count.best, part.count.who) == (False, True, 4, "brothers")
    assert not any(mention.count.part_of_whole for mention in mentions("Twelve men were hurt, and three of them died."))


@pytest.mark.parametrize(
    "after",
    [
        "Police recovered 12 rifles, bringing the total to 40.",
        "Damage was put at 3 million dollars, taking the total to $9 million.",
        "The figure on its side was 300.",
        "The count stood at 51 percent.",
        "That makes three attacks in a week.",
        "The total came to 12 miles.",
    ],
)
def test_a_number_of_something_else_is_no_toll(after: str) -> None:
    assert stated(f"A bomb killed four people in Cali. {after}") == [("killed", 4)]


def test_a_figure_of_the_displaced_runs_since_the_fighting_began() -> None:
    assert not mentions("Fighting since April has driven 1.2 million people from their homes.")[0].count.cumulative
    assert mentions("The war has displaced 6 million people since 2011.")[0].count.cumulative


def test_a_part_without_a_whole_counts_for_itself() -> None:
    (mention,) = mentions("The ambush of a patrol near Gao killed seven of them.")
    assert not mention.count.part_of_whole


@pytest.mark.parametrize(
    ("text", "cumulative"),
    [
        ("More than 4,000 people have been killed since 2016.", True),
        ("Over the past two years 300 people have been killed in raids.", True),
        ("At least 400,000 people have been killed in the war.", True),
        ("Six people were killed on Monday.", False),
        ("Six people were killed in the deadliest attack since 2016.", False),
    ],
)
def test_figures_of_a_longer_time(text: str, cumulative: bool) -> None:
    assert mentions(text)[0].count.cumulative is cumulative


def test_a_raised_toll_supersedes() -> None:
    assert mentions("A third man died, bringing the toll to 19.")[-1].count.supersedes


@pytest.mark.parametrize(
    ("text", "who", "who_class"),
    [
        ("Six soldiers were killed.", "soldiers", "security_force"),
        ("Six Coastal Front fighters were killed.", "Coastal Front fighters", "armed_group"),
        ("Six members of the security forces were killed.", "members", "security_force"),
        ("Six villagers were killed.", "villagers", "civilian"),
        ("Police recaptured six inmates.", "inmates", "captive"),
        ("Six people were killed.", "people", "unknown"),
        ("Six loggers were killed.", "loggers", "unknown"),
    ],
)
def test_who(text: str, who: str, who_class: str) -> None:
    count = mentions(text)[0].count
    assert (count.who, count.who_class) == (who, who_class)


def test_the_span_shows_the_number() -> None:
    text = "On Monday at least six people were killed in Gao."
    span = mentions(text)[0].count.span
    assert "at least six people" in text[span.start : span.end]


@pytest.mark.parametrize(
    ("text", "outcome", "expected"),
    [
        ("Six soldiers were killed. Three civilians died too.", "killed", 9),
        ("A man, his wife and their three sons were killed.", "killed", 5),
        ("A boy was shot dead. The boy, Sani Bello, was killed near his home. He died at once.", "killed", 1),
        ("Sani Bello, Ali Musa and Ruth Ode were killed.", "killed", 3),
        ("A woman was shot on Monday. She died in hospital.", "killed", 1),
        ("A woman was shot on Monday. She died in hospital.", "wounded", None),
        ("Gunmen killed six farmers. At least six people died, police said. Four more farmers were wounded.", "killed", 6),
        ("A man killed his wife before turning the gun on himself.", "killed", 2),
        ("Police caught a rebel leader and also detained two other rebels.", "captured", 2),
        ("Several rebels were killed. The army later said that 13 rebels were killed.", "killed", 13),
        ("A bomb killed six people and a seventh died on the way to hospital.", "killed", 7),
        ("Two more died in hospital, bringing the total to 31.", "killed", 31),
        ("Gunmen killed two more traders, making it nine in all.", "killed", 9),
        ("The first bomb killed three people and the second, near a school, killed nine.", "killed", 12),
        ("One blast killed six. Another, minutes later, killed eight people.", "killed", 14),
        ("The first bomb killed three people and the second wounded nine.", "killed", 3),
        ("Chad said two of its soldiers had been killed. Sudan reported four dead on its side.", "killed", 6),
        ("India said three of its soldiers died; China said five of its troops were killed.", "killed", 8),
        ("The army said two of its soldiers had died. The ministry said three of its soldiers died.", "killed", 2),
        ("Gunmen killed 14 men. Twelve people were buried on Wednesday.", "killed", 14),
        ("Six people had died. An hour later the number had gone up to nine.", "killed", 9),
        ("At first officials spoke of two dead. By evening they said that five people had been killed.", "killed", 5),
        ("Gunmen killed 20 farmers near Gao. More than 30,000 people have been killed in the war.", "killed", 20),
    ],
)
def test_what_an_article_comes_to(text: str, outcome: str, expected: int | None) -> None:
    assert best(text, outcome) == expected


def test_a_headline_in_title_case_is_read() -> None:
    assert best("", "killed", title="Car Bomb Kills Six in Kano") == 6
    assert best("", "wounded", title="15 Killed, 20 Injured in Kano Blast") == 20
