"""Does a sentence assert an act, or only mention it? "Police arrested a man" asserts; "the man, who was arrested" mentions."""

from typing import Final

from incidents.extraction.mentions import Mention
from incidents.extraction.tokens import Sentence
from incidents.extraction.triggers import BE, HAVE

RELATIVE: Final = frozenset(("who", "which", "that", "whom", "whose"))
STEPPED_OVER: Final = frozenset(("RB", "RBR", "MD"))
SPLIT_WORDS: Final = frozenset(("also", "reportedly", "allegedly", "apparently", "both", "all", "later", "then"))
LONGEST_LOOK: Final = 6  # tokens before a verb in which its auxiliaries stand


def asserts(mention: Mention) -> bool:
    """Whether a finite verb of a main clause says the act, or a headline's, which leaves its auxiliary out."""
    trigger, sentence = mention.trigger, mention.sentence
    if not mention.reality.real or trigger.voice in ("nominal", "adjective"):
        return False
    auxiliary, before = _auxiliary(sentence, trigger.first)
    if (before in RELATIVE and not asks(mention)) or before == "to":
        return False
    tag = sentence.tokens[trigger.first].tag
    if trigger.voice == "passive":
        return auxiliary or sentence.in_title or " * " in trigger.act.name or _is_lead_of_its_own(mention)
    if tag == "VB" and mention.reality.stage == "planned":  # "will send"
        return sentence.tokens[trigger.first - 1].tag == "MD"
    return auxiliary or tag in ("VBD", "VBZ", "VBP", "VBN") or (sentence.in_title and tag in ("VB", "NN", "NNS"))


def is_told(mention: Mention) -> bool:
    """Whether a verb tells the act outside a clause with "who" and not as a purpose, whatever form the verb has."""
    if not mention.reality.real or mention.trigger.voice in ("nominal", "adjective"):
        return False
    before = _auxiliary(mention.sentence, mention.trigger.first)[1]
    return before not in RELATIVE and before != "to"


def is_aside(mention: Mention) -> bool:
    """Whether a verb only says of whom the talk is: "her husband, who was arrested in May"."""
    return mention.trigger.voice in ("active", "passive") and not asserts(mention)


def asks(mention: Mention) -> bool:
    """Whether a question asks who did it: "Who killed the two nuns in Juba on Sunday?"."""
    lowers = mention.sentence.lowers
    return lowers[0] == "who" and mention.first <= 2 and lowers[-1] == "?"


def _is_lead_of_its_own(mention: Mention) -> bool:
    """Whether a lead gives a bare participle a day and a place: "three men arrested in Vienna on Tuesday had planned …"."""
    return mention.sentence.depth == 0 and mention.date is not None and mention.place is not None


def _auxiliary(sentence: Sentence, place: int) -> tuple[bool, str]:
    """Return whether an auxiliary governs the verb at `place`, and the word before the whole verb group."""
    tokens, found = sentence.tokens, False
    index = place - 1
    while index >= 0 and place - index <= LONGEST_LOOK:
        token = tokens[index]
        if token.lower in BE or token.lower in HAVE:
            found = True
        elif token.tag not in STEPPED_OVER and token.lower not in SPLIT_WORDS:
            return found, token.lower
        index -= 1
    return found, ""
