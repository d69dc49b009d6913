"""What a day in a sentence is the day of: a happening, a statement about it, what people did afterwards, or a photograph."""

from typing import Final

from incidents.extraction.lexicons import classes, words
from incidents.extraction.time_expressions import Expression
from incidents.extraction.tokens import Sentence

SPEECH: Final = words("speech_verbs")
GOVERNORS: Final = classes("time_governors")
AFTER_SPEECH: Final = words("speech_fillers")
CLAUSE_ENDS: Final = frozenset(
    {"that", "who", "which", "when", "after", "as", "where", ";", "while", "before", "because", ",", ":", "(", ")"}
)
AUXILIARIES: Final = frozenset({"was", "were", "is", "are", "been", "be", "had", "has", "have", "being"})
OPENING: Final = 9  # tokens of a clause within which a day may belong to the verb after it
TOLLS: Final = frozenset({"toll", "number", "dead", "count", "tally"})
TOLL: Final = ["the", "number"]
TOLL_VERBS: Final = words("time_toll_verbs")
TOLL_REACH: Final = 16  # tokens between the noun of a count and its verb
DIED: Final = frozenset({"died", "dies", "succumbed", "succumbs"})
HURTS: Final = frozenset({"wounds", "injuries"})
OWN: Final = frozenset({"his", "her", "their", "its", "the"})
LATE_REACH: Final = 5  # tokens between "died" and the day, and from there to "of his wounds"
FUTURE: Final = frozenset({"will", "shall", "scheduled", "'ll", "’ll", "expected", "due", "upcoming", "plan", "plans"})
CALLED: Final = frozenset(
    {"called", "calls", "calling", "announced", "planned", "set", "convened", "slated", "organised", "organized", "arranged"}
)
REACH: Final = 14  # tokens a look for the governing verb may cross


def dates_statement(sentence: Sentence, expression: Expression) -> bool:
    """Whether an expression dates what was said, or done about the act afterwards, rather than the act."""
    return _follows_speech(sentence, expression) or _governor(sentence, expression) == "after"


def dates_toll(sentence: Sentence, expression: Expression) -> bool:
    """Whether it is the day of a count, by which the act had happened: "the toll of the blast rose to nine on Thursday"."""
    tokens, lowers = sentence.tokens, sentence.lowers
    if TOLLS.isdisjoint(lowers):
        return not HURTS.isdisjoint(lowers) and _dates_late_death(sentence, expression)
    if expression.last < len(tokens) and tokens[expression.last].tag == "POS":
        return False
    last = expression.first - 1
    last -= last >= 0 and lowers[last] == "on"
    if last > 0 and tokens[last].tag == "CD" and lowers[last - 1] in ("to", "at"):
        return not TOLLS.isdisjoint(lowers[: last - 1]) or lowers[expression.last : expression.last + 2] == TOLL
    verb = _toll_verb(sentence, expression)
    return verb is not None and not TOLLS.isdisjoint(lowers[max(0, verb - TOLL_REACH) : max(verb, expression.first)])


def _toll_verb(sentence: Sentence, expression: Expression) -> int | None:
    """The verb of counting that an expression belongs to, before it in its clause or, where it opens the sentence, after it."""
    tokens = sentence.tokens
    opens = expression.first <= 1
    places = range(expression.last, len(tokens)) if opens else range(expression.first - 1, -1, -1)
    for place in places[:TOLL_REACH]:
        if tokens[place].lower in TOLL_VERBS:
            return place
        if tokens[place].tag in ("VBD", "VBZ", "VBP") or (tokens[place].lower in CLAUSE_ENDS and not opens):
            return None
    return None


def _dates_late_death(sentence: Sentence, expression: Expression) -> bool:
    """Whether it is the day on which somebody died of earlier wounds: "died on Tuesday of his injuries"."""
    lowers = sentence.lowers
    for place in range(max(0, expression.first - LATE_REACH), expression.first):
        if lowers[place] in DIED:
            after = lowers[place : expression.last + LATE_REACH]
            return any(word in HURTS and after[at - 1] in OWN for at, word in enumerate(after))
    return False


def _follows_speech(sentence: Sentence, expression: Expression) -> bool:
    """Whether only "on", "late", "in a statement" and the like stand between a verb of saying and the expression."""
    tokens = sentence.tokens
    for position in range(expression.first - 1, max(-1, expression.first - 8), -1):
        if tokens[position].lower in SPEECH:
            return (
                tokens[position].lower != "released" or tokens[position - 1].lower not in AUXILIARIES
            )  # "were released on Tuesday"
        if tokens[position].lower not in AFTER_SPEECH:
            return False
    return False


def _governor(sentence: Sentence, expression: Expression) -> str | None:
    """The class of the verb that the expression belongs to: the nearest one to its left in the clause, else to its right."""
    tokens = sentence.tokens
    opens = False
    for position in range(expression.first - 1, max(-1, expression.first - REACH), -1):
        word = tokens[position].lower
        if word in CLAUSE_ENDS or position == 0:
            opens = expression.first - position <= OPENING
            break
        found = GOVERNORS.get(word)
        if found is not None:
            return found
        if tokens[position].tag in ("VBD", "VBZ", "VBP") and word not in AUXILIARIES:
            return None
    if expression.first and not opens:
        return None
    after = expression.last + (1 if expression.last < len(tokens) and tokens[expression.last].text == "," else 0)
    for position in range(after, min(len(tokens), after + REACH)):
        word = tokens[position].lower
        if word in CLAUSE_ENDS:
            return None
        if tokens[position].tag in ("VBD", "VBZ", "VBP", "VBN", "VBG") and word not in AUXILIARIES:
            return GOVERNORS.get(word)
    return None


def is_caption(sentence: Sentence, expression: Expression) -> bool:
    """Whether a full date ends a photograph's caption: right after a place ("… in Homs Syria June 18 2016")."""
    if expression.kind != "date" or expression.year is None or expression.first < 4:
        return False
    tokens = sentence.tokens
    before = tokens[expression.first - 2 if tokens[expression.first - 1].text == "," else expression.first - 1]
    if before.lower in ("on", "of", "taken"):
        return any(token.lower in ("photo", "picture", "image", "pictured", "photograph") for token in tokens[: expression.first])
    return (
        before.tag == "NNP" and expression.first > 6 and not any(token.tag == "VBD" for token in tokens[: expression.first][-12:])
    )


def is_future(sentence: Sentence, expression: Expression) -> bool:
    """Whether an expression looks ahead: "will march on Monday", "called a strike for Monday"."""
    near = sentence.lowers[max(0, expression.first - 10) : expression.first]
    if any(word in FUTURE for word in near):
        return True
    return near[-1:] == ["for"] and not CALLED.isdisjoint(near)
