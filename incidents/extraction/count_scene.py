"""A sentence with its cues, numbers and groups laid over its tokens, for the looks that find a cue's people."""

from dataclasses import dataclass
from typing import Final

from incidents.extraction.lexicons import classes, sets, words
from incidents.extraction.numbers import SHORT, Quantity
from incidents.extraction.outcomes import Cue
from incidents.extraction.people import Group
from incidents.extraction.tokens import Sentence, Token

SETS: Final = sets("outcome_word_sets")
PARENTS: Final = frozenset(
    {"father", "mother", "dad", "mom", "mum", "parent", "parents", "grandmother", "grandfather"}
)  # "a father of 4"
REACH: Final = 28  # tokens a look to the left may cross
AUXILIARIES: Final = classes("person_auxiliaries")
ADVERB_TAGS: Final = frozenset({"RB", "RBR"})
SPEECH: Final = words("speech_verbs")
DASHES: Final = ("--", "—", "–", "-")
LONGEST_ASIDE: Final = 14  # tokens
UNREAL_BEFORE: Final = SETS["unreal_before"]
REAL_INFINITIVE: Final = SETS["real_infinitive"]
PARTICIPLES: Final = SETS["participle"]
UNHURT: Final = frozenset({"injury", "injuries", "harm", "unhurt", "unharmed", "uninjured", "unscathed", "death", "unwounded"})
WISHED: Final = SETS["wished"]
AFFECTED: Final = {"dead": "killed", "wounded": "wounded", "injured": "wounded"}


@dataclass(frozen=True, slots=True)
class Link:
    """One statement: this outcome for this group. `part` marks people counted in another statement of the sentence."""

    outcome: str
    group: Group
    cue_first: int
    cue_last: int
    part: bool = False
    supersedes: bool = False
    weak: bool = False


class Scene:
    """Lookups are by token position; nothing here changes the sentence."""

    def __init__(self, sentence: Sentence, cues: list[Cue], quantities: list[Quantity], groups: list[Group]) -> None:
        self.sentence = sentence
        self.tokens = sentence.tokens
        self.cues = cues
        self.quantities = quantities
        self.groups = groups
        self.starts = {group.first: group for group in groups}
        self.ends = {group.last: group for group in groups}
        self.number_starts = {quantity.first: quantity for quantity in quantities}
        self.number_ends = {quantity.last: quantity for quantity in quantities}
        self.cue_ends = {cue.last: position for position, cue in enumerate(cues)}
        self.cue_starts = {cue.first: cue for cue in cues}

    def word(self, index: int) -> str:
        """The small word at a position, "" outside the sentence."""
        return self.tokens[index].lower if 0 <= index < len(self.tokens) else ""

    def aside_end(self, index: int) -> int:
        """Where the text goes on after "-- five Spaniards --" or ", five of them Spaniards" at `index`, else `index`."""
        opening = self.word(index)
        if opening not in DASHES and not (opening == "," and self._breaks_down(index + 1)):
            return index
        closing = DASHES if opening in DASHES else (",",)
        ends = range(index + 1, min(index + LONGEST_ASIDE, len(self.tokens)))
        found = next((position for position in ends if self.word(position) in closing), None)
        if found is None:
            return index
        return found + 1 if opening in DASHES else found

    def aside_start(self, index: int) -> int:
        """Where the aside opens that ends before token `index`, else `index`."""
        for position in range(index - 1, max(0, index - LONGEST_ASIDE), -1):
            if self.aside_end(position) == index:
                return position
        return index

    def _breaks_down(self, index: int) -> bool:
        """Whether "five of them" or "most of whom" stands here."""
        return self.word(index + 1) == "of" and self.word(index + 2) in ("them", "whom", "those")

    def bare(self, quantity: Quantity) -> Group:
        """A number that stands for people without naming them."""
        first, last = quantity.first, quantity.last
        return Group(
            first,
            last,
            last,
            quantity.low,
            quantity.best,
            quantity.high,
            quantity.quantifier,
            bare=True,
            further=quantity.further,
            part_of=self.word(last) == "of" and self.word(last + 1) in ("the", "those") and self.word(last + 2) in AFFECTED,
        )

    def group_from(self, index: int) -> Group | None:
        """The group that starts at `index`, a bare number where no noun follows it."""
        group = self.starts.get(index)
        if group is not None:
            return group
        quantity = self.number_starts.get(index)
        if quantity is None or not self._stands_alone(quantity):
            return None
        return self.bare(quantity)

    def group_until(self, index: int) -> Group | None:
        """The group that ends before `index`, or a bare number there."""
        group = self.ends.get(index)
        if group is not None:
            return group
        if self.word(index - 1) in ("others", "more", "other"):
            index -= 1
        quantity = self.number_ends.get(index)
        return self.bare(quantity) if quantity is not None and self.is_people(quantity) else None

    def is_people(self, quantity: Quantity) -> bool:
        """Rule out years, ages, clock times, money and shares."""
        before, figure = self.word(quantity.first - 1), self.tokens[quantity.figure].text
        if SHORT.fullmatch(figure.lower()) or before in (
            "$",
            "£",
            "€",
            "aged",
            "age",
            "no.",
            "number",
            "article",
            "km",
            "route",
            "highway",
            "m",
            "unit",
        ):
            return False
        if self.word(quantity.last) in (
            "%",
            "percent",
            "per",
            "years",
            "km",
            "miles",
            "kilometers",
            "kilometres",
            "feet",
            "meters",
            "metres",
        ):
            return False
        if (
            self.tokens[quantity.first - 1].tag == "NNP"
            and quantity.first
            and quantity.best
            and quantity.quantifier is None
            and self._dated(quantity)
        ):
            return False
        if before == "of" and self.word(quantity.first - 2) in PARENTS:
            return False
        is_year = figure.isdigit() and len(figure) == 4 and figure[:2] in ("19", "20")
        return not (is_year and quantity.quantifier is None)

    def _dated(self, quantity: Quantity) -> bool:
        return self.word(quantity.first - 1)[:3] in (
            "jan",
            "feb",
            "mar",
            "apr",
            "may",
            "jun",
            "jul",
            "aug",
            "sep",
            "oct",
            "nov",
            "dec",
        )

    def _stands_alone(self, quantity: Quantity) -> bool:
        if not self.is_people(quantity):
            return False
        if quantity.last >= len(self.tokens):
            return True
        after = self.tokens[quantity.last]
        if after.lower in ("including", "others", "more", "other", "of", "dead"):
            return after.lower != "of" or self.word(quantity.last + 1) in ("them", "whom", "its", "their", "the", "his", "those")
        if quantity.last in self.cue_starts:
            return True
        return after.tag[:2] not in ("NN", "JJ", "CD", "VB", "FW") or after.tag in ("VBD", "VBZ", "VBP") or after.tag == "NNP"

    def is_tool(self, cue: Cue) -> bool:
        """Whether the cue word is part of something else: a group's own name, or a killing that did not happen."""
        if "people" in cue.kinds or "state" in cue.kinds:
            return False
        return any(group.first < cue.first and cue.last <= group.last for group in self.groups)

    def negated(self, index: int) -> bool:
        """Whether a "not" or "no" stands in the eight words before `index`."""
        return any(
            token.lower in ("not", "n't", "n’t", "no", "never", "without") for token in self.tokens[max(0, index - 8) : index]
        )

    def after_among(self, cue: Cue) -> bool:
        """ "among the dead", "those killed included": what follows is a part of the whole."""
        before = [self.word(cue.first - 1), self.word(cue.first - 2)]
        among = ("among" in before and before[0] in ("the", "those", "among")) or "among" in before
        return among or (before[0] in ("those", "the") and self.word(cue.last) in ("include", "included", "includes"))

    def aux_start(self, index: int) -> tuple[int, bool, bool]:
        """Step left over auxiliaries and adverbs from `index` (exclusive): (position, passive, has any auxiliary)."""
        passive = any_aux = False
        position = index
        while position > 0:
            token = self.tokens[position - 1]
            kind = AUXILIARIES.get(token.lower)
            if kind is None and token.tag not in ADVERB_TAGS:
                break
            if kind is None and token.lower in ("not", "n't", "n’t"):
                break
            passive = passive or kind == "be"
            any_aux = any_aux or kind in ("be", "have")
            position -= 1
        return position, passive, any_aux

    def said_also(self, cue: Cue) -> bool:
        """Whether "also" adds the cue's people to those counted before ("also detained two", "were also killed")."""
        near = range(max(0, cue.first - 3), min(len(self.tokens), cue.last + 1))
        return any(self.word(position) in ("also", "separately", "additionally") for position in near)

    def unreal(self, cue: Cue) -> bool:
        """Whether the cue is only possible, wished, planned or denied: modals, "to kill", "if", "not", "nor his wife was"."""
        start, _passive, _ = self.aux_start(cue.first)
        subject = self.ends.get(start)
        if subject is not None and self.word(subject.first - 1) in ("neither", "nor"):
            return True
        may = "May" if self.sentence.case == "normal" else ""  # the month
        window = [token.lower for token in self.tokens[max(0, start - 2) : cue.first] if token.text != may]
        if any(word in UNREAL_BEFORE or word in ("not", "n't", "n’t", "never", "without", "avoid", "nor") for word in window):
            return True
        if self.word(cue.first - 1) == "to" or self.word(start - 1) == "to":
            at = cue.first - 2 if self.word(cue.first - 1) == "to" else start - 2
            return self.word(at) not in REAL_INFINITIVE
        return False

    def is_time(self, token: Token) -> bool:
        return token.lower.endswith("day") or token.lower in ("overnight", "night", "morning", "evening", "afternoon")
