"""What a day in a sentence is the day of: a happening, a statement about it, what people did afterwards, or a photograph."""

from incidents.extraction.lexicons import classes, words
from incidents.extraction.time_expressions import Expression
from incidents.extraction.tokens import Sentence

SPEECH = words("speech_verbs")
GOVERNORS = classes("time_governors")
AFTER_SPEECH = words("speech_fillers")
CLAUSE_ENDS = frozenset(
    {"that", "who", "which", "when", "after", "as", "where", ";", "while", "before", "because", ",", ":", "(", ")"}
)
AUXILIARIES = frozenset({"was", "were", "is", "are", "been", "be", "had", "has", "have", "being"})
OPENING = 9  # tokens of a clause within which a day may belong to the verb after it
TOLLS = frozenset({"toll", "number", "dead"})
TOLL = ["the", "number"]
REACH = 14  # tokens a look for the governing verb may cross


def dates_statement(sentence: Sentence, expression: Expression) -> bool:
    """Whether an expression dates what was said, or done about the act afterwards, rather than the act."""
    return (
        _follows_speech(sentence, expression) or _governor(sentence, expression) == "after" or _dates_toll(sentence, expression)
    )


def _dates_toll(sentence: Sentence, expression: Expression) -> bool:
    """Whether it is the day of a count: "put the number of people killed in a raid at 40 on Thursday"."""
    tokens = sentence.tokens
    last = expression.first - 1
    last -= last >= 0 and tokens[last].lower == "on"
    if last < 1 or tokens[last].tag != "CD" or tokens[last - 1].lower not in ("to", "at"):
        return False
    return not TOLLS.isdisjoint(sentence.lowers[: last - 1]) or sentence.lowers[expression.last : expression.last + 2] == TOLL


def _follows_speech(sentence: Sentence, expression: Expression) -> bool:
    """Whether only "on", "late", "in a statement" and the like stand between a verb of saying and the expression."""
    tokens = sentence.tokens
    for position in range(expression.first - 1, max(-1, expression.first - 8), -1):
        if tokens[position].lower in SPEECH:
            return True
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
