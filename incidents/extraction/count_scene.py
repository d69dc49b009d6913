"""A sentence with its cues, numbers and groups laid over its tokens, and the looks to the left and right that find a cue's people."""

from incidents.extraction.lexicons import classes, words
from incidents.extraction.numbers import Quantity
from incidents.extraction.outcomes import Cue
from incidents.extraction.people import WORDS, Group
from incidents.extraction.tokens import Sentence, Token

REACH = 28  # tokens a look to the left may cross
AUXILIARIES = classes("person_auxiliaries")
ADVERB_TAGS = frozenset({"RB", "RBR"})
SPEECH = words("speech_verbs")
UNREAL_BEFORE = frozenset(
    {"would", "could", "may", "might", "will", "can", "should", "must", "'ll", "’ll", "'d", "’d", "if", "wo", "ca"}
)
REAL_INFINITIVE = frozenset({"managed", "helped", "able", "used", "went", "began", "continued", "proceeded", "reported", "believed", "known",
                             "thought", "confirmed", "said", "appeared", "seemed", "presumed", "feared", "understood", "alleged"})  # fmt: skip
PARTICIPLES = frozenset({"shot", "slain", "hurt", "driven", "missing", "unhurt"})
WISHED = frozenset({"demand", "demanded", "demanding", "demands", "called", "calling", "call", "calls", "seek", "seeking", "sought", "urged", "for",
                    "negotiate", "warrant", "warrants", "ordered", "want", "wants", "secure", "exchange"})  # fmt: skip


class Scene:
    """Lookups are by token position; nothing here changes the sentence."""

    TOLL_LINKS = frozenset(
        {"to", "at", "of", "was", "is", "reached", "hit", "now", "over", ":", "were", "stands", "from", "exceeded", "topped"}
    )

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
        return self.bare(quantity) if quantity is not None and self._is_people(quantity) else None

    def _is_people(self, quantity: Quantity) -> bool:
        """Rule out years, ages, clock times, money and shares."""
        before, figure = self.word(quantity.first - 1), self.tokens[quantity.figure].text
        if before in ("$", "£", "€", "aged", "age", "no.", "number", "article", "km", "route", "highway", "m", "unit"):
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
        if not self._is_people(quantity):
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
        among = "among" in before and before[0] in ("the", "those", "among") or "among" in before
        return among or (before[0] in ("those", "the") and self.word(cue.last) in ("include", "included", "includes"))

    def after_being(self, index: int) -> list[Group]:
        """Groups after "were", "included" and the like, at most six tokens on."""
        for position in range(index, min(index + 6, len(self.tokens))):
            if self.word(position) in ("was", "were", "is", "are", "included", "include", "includes"):
                return self.objects(position + 1)
        before = self.group_before_being(index)
        return [before] if before else []

    def group_before_being(self, index: int) -> Group | None:
        """The group in "three children were among the dead", `index` being after "dead"."""
        for position in range(index - 2, max(-1, index - 7), -1):
            if self.word(position) in ("was", "were", "is", "are"):
                at = position - 1 if self.word(position - 1) in ("also",) else position
                return self.group_until(at)
        return None

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

    def fits(self, cue: Cue, groups: list[Group]) -> bool:
        """Whether a loose cue means what it may: "fled" of many people who are no prisoners, "drove" from their homes."""
        if cue.outcome != "displaced" or cue.last - cue.first > 1:
            return True
        word = self.word(cue.first)
        after = [self.word(position) for position in range(cue.last, min(cue.last + 12, len(self.tokens)))]
        if word in ("drove", "driven", "driving"):
            return any(other in ("homes", "villages", "houses") for other in after)
        many = any(group.best is None or group.best > 1 for group in groups)
        return many and not any(group.who_class in ("captive", "armed_group", "security_force") for group in groups)

    def said_also(self, cue: Cue) -> bool:
        """Whether "also" adds the cue's people to those counted before ("also detained two", "were also killed")."""
        near = range(max(0, cue.first - 3), min(len(self.tokens), cue.last + 1))
        return any(self.word(position) in ("also", "separately", "additionally") for position in near)

    def unreal(self, cue: Cue) -> bool:
        """Whether the cue is only possible, wished, planned or denied: modals, "to kill", "if", "not"."""
        start, passive, _ = self.aux_start(cue.first)
        window = [self.word(position) for position in range(max(0, start - 2), cue.first)]
        if any(word in UNREAL_BEFORE or word in ("not", "n't", "n’t", "never", "without", "avoid", "nor") for word in window):
            return True
        if self.word(cue.first - 1) == "to" or self.word(start - 1) == "to":
            at = cue.first - 2 if self.word(cue.first - 1) == "to" else start - 2
            return self.word(at) not in REAL_INFINITIVE
        return False

    def verb_groups(self, position: int) -> list[Group]:
        """The people a transitive cue happens to: its objects, or its subject where it is passive."""
        cue = self.cues[position]
        start, passive, any_aux = self.aux_start(cue.first)
        none = self.word(start - 1) in ("one", "nobody") or self.word(start - 1) == "none"
        if self.unreal(cue):
            return []
        form = self.word(cue.first)
        if not passive:
            found = self.objects(cue.last)
            if found and found[0].bare and found[0].last in self.cue_starts and self.group_until(cue.first):
                found = []  # "15 killed 20 injured"
            if not found and self.word(cue.last) in ("and", "or") and cue.last + 1 in self.cue_starts:
                found = self.objects(self.cue_starts[cue.last + 1].last)
            if found and not (none and any_aux):
                return found
            if any_aux or (cue.last - cue.first == 1 and not form.endswith("ed") and form not in PARTICIPLES):
                return []
        found = self.subjects(position)
        if not found and not passive and cue.last in self.number_starts:
            return self.objects(cue.last)
        return found

    def _has_other_object(self, index: int) -> bool:
        """Whether a noun phrase that is no group of people follows: the verb is active and its object unknown."""
        if index >= len(self.tokens):
            return False
        token = self.tokens[index]
        return token.tag in ("DT", "PRP$", "NNS") or (token.tag in ("NN", "JJ") and not self._is_time(token))

    def objects(self, index: int) -> list[Group]:
        """Groups from `index` on: "two soldiers, a child and three others", adverbs stepped over, appositions left out."""
        while index < len(self.tokens) and index not in self.starts and index not in self.number_starts:
            token = self.tokens[index]
            if token.tag not in ADVERB_TAGS and token.lower not in ("by", "up") or token.lower == "by":
                break
            index += 1
        group = self.group_from(index)
        if group is None or group.possessive:
            return []
        if self.word(group.first) == "them" and group.best is None:
            group = next((other for other in reversed(self.groups) if other.last <= index and (other.best or 0) > 1), group)
        found = [group]
        while (following := self._next_in_list(found[-1])) is not None:
            found.append(following)
        return found

    def _after_phrase(self, index: int) -> int:
        """Step over "of the Haqqani network" and the like, where a list goes on after it."""
        if self.word(index) not in ("of", "from", "in", "with", "at"):
            return index
        for position in range(index + 1, min(index + 8, len(self.tokens))):
            if self.word(position) in ("and", ","):
                return position
            if position in self.starts or self.tokens[position].tag[:2] not in ("NN", "DT", "JJ", "PO", "PR"):
                break
        return index

    def _next_in_list(self, group: Group) -> Group | None:
        index = self._after_phrase(self._after_age(group.last))
        link = self.word(index)
        if link not in (",", "and", "or", "&", "plus") and not (link == "as" and self.word(index + 1) == "well"):
            return None
        index += 3 if link == "as" else 1
        listed = link == ","
        if listed and self.word(index) in ("and", "as"):
            index += 1 if self.word(index) == "and" else 3
            listed = False
        following = self.group_from(index)
        if following is None or following.possessive or self._has_own_predicate(following):
            return None
        if listed and following.name != group.name and group.single:
            return None
        return following

    def _after_age(self, index: int) -> int:
        """Step over an age after a name: ", 34"."""
        if self.word(index) == "," and self.word(index + 1).isdigit() and len(self.word(index + 1)) <= 2:
            return index + 2
        return index

    def _has_own_predicate(self, group: Group) -> bool:
        if group.last in self.cue_starts:
            return True
        after = self.tokens[group.last] if group.last < len(self.tokens) else None
        return after is not None and (AUXILIARIES.get(after.lower) in ("be", "have") or after.tag in ("VBD", "VBZ", "VBP", "MD"))

    def parts_of(self, group: Group) -> list[Group]:
        """Groups after "including" or "among them", and "two of them", said of this group."""
        index = group.last
        for position in range(index, min(index + REACH, len(self.tokens))):
            word = self.word(position)
            if word in ("including", "include", "included") or (word == "among" and self.word(position + 1) in ("them", "whom")):
                step = 1 if word != "among" else 2
                return self.objects(position + step)
            if word in (".", ";", "while", "when", "but") or (position in self.cue_starts and position > index + 3):
                break
        return []

    def state_groups(self, cue: Cue) -> list[Group]:
        """People in a state: "five dead", "left five people dead", "five people were found dead", "two wounded soldiers"."""
        if any(group.last == cue.last and group.first < cue.first for group in self.groups) or self._is_sentence(cue):
            return []
        inside = next((group for group in self.groups if group.first < cue.first and cue.last < group.last), None)
        if inside is not None:
            return [inside] if inside.best is not None and not inside.definite and not inside.single else []
        start, passive, any_aux = self.aux_start(cue.first)
        group = self.group_until(start if not any_aux else cue.first)
        if group is not None and not any_aux and not group.possessive and (group.best is not None or group.low is not None):
            return self._coordinated(group)
        return self._subject_at(start - 1) if passive and not self.unreal(cue) else []

    def _is_sentence(self, cue: Cue) -> bool:
        """ "sentenced to death" is a court's word, not a killing."""
        return self.word(cue.first) == "to" and any(
            token.lower.startswith(("sentenc", "condemn", "put")) for token in self.tokens[max(0, cue.first - 8) : cue.first]
        )

    def subjects(self, position: int) -> list[Group]:
        """The subject of a cue: the group before its auxiliaries, across phrases, parentheses and relative pronouns."""
        cue = self.cues[position]
        start, _, any_aux = self.aux_start(cue.first)
        shared = self._shared_subject(position, start)
        if shared is not None:
            return shared
        return self._subject_at(start - 1)

    def sentence_subject(self, cue: Cue) -> list[Group]:
        """The single person who opens the sentence, for "and died", "who shot himself and died"; nobody where another may be meant."""
        start, _, _ = self.aux_start(cue.first)
        if self.word(start - 1) not in ("and", "before", "later", "but"):
            return []
        opening = next((group for group in self.groups if group.first <= 6 and not group.possessive), None)
        return [opening] if opening is not None and opening.single and opening.last <= cue.first else []

    def _shared_subject(self, position: int, start: int) -> list[Group] | None:
        """ "was kidnapped and later killed": the second verb takes the first one's subject."""
        if self.word(start - 1) not in ("and", "or", "then", "but") and self.word(start - 2) not in ("and", "or", "then"):
            return None
        link = start - 1 if self.word(start - 1) in ("and", "or", "then", "but") else start - 2
        earlier = self.cue_ends.get(link if self.word(link - 1) != "," else link - 1)
        if earlier is None or earlier >= position:
            return None
        return self.verb_groups(earlier) if self.cues[earlier].kinds & {"verb", "weak"} else self.subjects(earlier)

    def _subject_at(self, index: int) -> list[Group]:
        """The group that ends at token `index`, or the one that the words ending there belong to."""
        limit = max(-1, index - REACH)
        while index > limit:
            group = self.group_until(index + 1)
            if group is not None:
                outer = self._holder(group)
                return self._coordinated(outer) if outer is not None else self._before_who(group.first)
            step = self._step_left(index)
            if step is None:
                return []
            index = step
        return []

    def _holder(self, group: Group) -> Group | None:
        """The group that a phrase belongs to: "five members" in "five members of the family"; None where it is not people."""
        for _ in range(4):
            preposition = self.word(group.first - 1)
            if WORDS.get(preposition) != "preposition" or group.first < 2:
                return group
            outer = self.group_until(group.first - 1)
            if outer is None:
                noun = self.word(group.first - 2)
                if preposition == "of" and WORDS.get(noun) == "collective":
                    return group
                if preposition == "by":
                    return None
                return group if preposition == "with" else self._holder_left(group)
            group = outer
        return group

    def _before_who(self, index: int) -> list[Group]:
        """The group that "who", a little to the left of `index`, speaks of: its clause is stepped over."""
        for position in range(index - 1, max(0, index - 12), -1):
            if self.word(position) == "who":
                group = self.group_until(position - 1 if self.word(position - 1) == "," else position)
                return [group] if group is not None else []
        return []

    def _holder_left(self, group: Group) -> Group | None:
        """Across "in a car with three men" to the group before it, where only nouns lie between."""
        index = group.first - 2
        while index > 0 and self.tokens[index].tag[:2] in ("NN", "DT", "JJ", "CD", "PO", "PR"):
            index -= 1
        if WORDS.get(self.word(index)) != "preposition":
            return None if self.word(group.first - 1) == "of" else group
        return self.group_until(index)

    def _step_left(self, index: int) -> int | None:
        """One step of a look to the left over what may stand between a subject and its verb; None where the look must end."""
        token = self.tokens[index]
        if token.text in (",", ")", "]", "—", "--", "-"):
            return self._before_parenthesis(index)
        if token.lower in ("who", "that", "which"):
            return index - 2 if self.word(index - 1) == "," else index - 1
        if token.lower in AUXILIARIES or token.tag in ADVERB_TAGS or self._is_time(token):
            return index - 1
        position = index
        while (
            position >= 0
            and index - position < 10
            and self.tokens[position].tag[:2] in ("NN", "DT", "JJ", "CD", "PO", "PR", "VBN")
        ):
            position -= 1
        if position < index and WORDS.get(self.word(position)) == "preposition":
            return position - 1
        return None

    def _is_time(self, token: Token) -> bool:
        return token.lower.endswith("day") or token.lower in ("overnight", "night", "morning", "evening", "afternoon")

    def _before_parenthesis(self, index: int) -> int | None:
        """The token before the comma or bracket that opens what closes at `index`, no verb of its own inside it."""
        openers = {")": "(", "]": "["}.get(self.tokens[index].text, self.tokens[index].text)
        for position in range(index - 1, max(-1, index - REACH), -1):
            token = self.tokens[position]
            if token.text == openers:
                before = position - 1
                is_age = self.word(before).isdigit() and self.word(before - 1) == ","
                return before - 2 if is_age else before
            if (
                token.tag in ("VBD", "VBZ", "VBP", "MD")
                and self.word(position - 1) not in ("who", "which")
                and token.lower not in AUXILIARIES
            ):
                return None
        return None

    def _coordinated(self, group: Group) -> list[Group]:
        """The group with those joined to it on its left: "five soldiers, a child and two women"."""
        found = [group]
        for _ in range(12):
            index = found[0].first - 1
            if self.word(index) not in ("and", "or", ","):
                break
            listed = self.word(index) == ","
            index -= 1 if not listed and self.word(index - 1) == "," else 0
            if (
                self.word(index - 1).isdigit()
                and self.word(index - 2) == ","
                and len(self.word(index - 1)) <= 2
                and found[0].name
            ):
                index -= 2
            before = self.group_until(index)
            if (
                before is None
                or before.possessive
                or self._is_object(before)
                or (listed and before.name != found[0].name and before.single)
            ):
                break
            found.insert(0, before)
        return found

    def _is_object(self, group: Group) -> bool:
        """Whether a verb other than one of saying stands right before the group, which then is that verb's object."""
        before = self.tokens[group.first - 1] if group.first else None
        if before is not None and before.lower in SPEECH:
            return False
        return before is not None and (group.first in self.cue_ends or before.tag in ("VBD", "VBG", "VBZ", "VBP", "VB"))

    def act_groups(self, cue: Cue) -> list[Group]:
        """ "the killing of five men", "the man's death"."""
        owner = self.ends.get(cue.first - 1)
        if owner is not None and owner.possessive:
            return [owner]
        wished = any(token.lower in WISHED for token in self.tokens[max(0, cue.first - 5) : cue.first])
        if wished and cue.outcome in ("released", "captured", "recaptured", "escaped"):
            return []
        if self.word(cue.last) == "of" and not self.unreal(cue):
            return self.objects(cue.last + 1)
        if self.word(cue.first - 1) in ("his", "her") and self.word(cue.first) not in ("arrest",):
            return [Group(cue.first - 1, cue.first, cue.first - 1, 1, 1, 1, definite=True, single=True)]
        return []

    def number_before(self, index: int) -> Quantity | None:
        """The number that counts the noun at `index`, adjectives between them."""
        for position in range(index, max(-1, index - 4), -1):
            quantity = self.number_ends.get(position)
            if quantity is not None:
                return quantity if self._is_people(quantity) else None
            if position == 0 or self.tokens[position - 1].tag[:2] not in ("JJ", "NN"):
                return None
        return None

    def toll_outcome(self, index: int) -> str | None:
        """What a toll or a number counts: "death toll", "number of wounded"."""
        if self.word(index) == "toll":
            words = {self.word(index - 1), self.word(index - 2)}
            return "wounded" if words & {"injury", "wounded", "injured"} else "killed"
        words = {self.word(position) for position in range(index + 1, index + 6)}
        if self.word(index + 1) not in ("of", "killed", "dead", "wounded", "injured"):
            return None
        if words & {"dead", "deaths", "killed", "fatalities"}:
            return "killed"
        return "wounded" if words & {"wounded", "injured", "injuries"} else None
