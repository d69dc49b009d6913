"""Who says how many: every statement about a number of people, by outcome, with its sentence and what the desk makes of it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from incidents.evidence import Quotation
from incidents.extraction.totals import Judgement
from incidents.extraction.values import OUTCOMES
from incidents.models import Count
from incidents.pages import words
from incidents.pages.dossier import Dossier, origin_key
from incidents.pages.rule import judgements
from sources.models import Article

PAST = ("superseded", "set aside")
PAST_SHOWN = 2  # statements that no longer count, shown in full; the rest stands in one line
HEADS = {
    "best": gettext_noop("Best follows this"),
    "agrees": gettext_noop("Agrees with the best"),
    "added": gettext_noop("Added up to the best"),
    "inside": gettext_noop("Inside the best figure"),
    "sets the low": gettext_noop("Sets the low"),
    "sets the high": gettext_noop("Sets the high"),
    "rival": gettext_noop("Rival"),
    "superseded": gettext_noop("Superseded"),
    "set aside": gettext_noop("Set aside"),
}
IN_PASSING = gettext_noop("Told in passing")


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement, with those that say the same folded into it. `others` counts the further origins that carry it."""

    count: Count
    number: str
    range_note: str
    quotation: Quotation | None
    article: Article
    others: int
    head: str
    reason: str
    is_best: bool
    is_past: bool


@dataclass(frozen=True, slots=True)
class Group:
    """All statements of one outcome. `ends`: low, best and high in words, each with its name; none where no number stands."""

    outcome: str
    label: str
    total: str
    ends: Sequence[tuple[str, str]]
    statements: int
    origins: int
    live: int
    claims: Sequence[Claim]
    past_line: Sequence[Claim]


def groups(dossier: Dossier, *, everything: bool = False) -> list[Group]:
    """Return the statements by outcome, those with the most statements that stand first in each, in the vocabulary's order."""
    found: dict[str, list[Count]] = defaultdict(list)
    for count in dossier.counts:
        found[count.outcome].append(count)
    judged = judgements(dossier)
    dossier.prepare({row.event.article for rows in found.values() for row in rows[:40]})
    return [_group(dossier, outcome, found[outcome], judged, everything=everything) for outcome in OUTCOMES if outcome in found]


def _group(dossier: Dossier, outcome: str, rows: list[Count], judged: dict[int, Judgement], *, everything: bool) -> Group:
    folded: dict[tuple[Any, ...], list[Count]] = defaultdict(list)
    for row in sorted(rows, key=_newest_first):
        folded[_same_words(row)].append(row)
    claims = sorted((_claim(dossier, same, judged) for same in folded.values()), key=_standing)
    live = [claim for claim in claims if not claim.is_past]
    past = [claim for claim in claims if claim.is_past]
    shown = len(past) if everything else PAST_SHOWN
    return Group(
        outcome=outcome,
        label=words.label(outcome).capitalize(),
        total=words.total(dossier.incident.totals.get(outcome) or {}, best_quantifier(dossier, outcome)),
        ends=_ends(dossier.incident.totals.get(outcome) or {}),
        statements=len(rows),
        origins=len({origin_key(row.event.article) for row in rows}),
        live=len(live),
        claims=live + past[:shown],
        past_line=past[shown:],
    )


def _ends(total: Mapping[str, Any]) -> list[tuple[str, str]]:
    names = {"low": _("low"), "best": _("best"), "high": _("high")}
    if all(total.get(end) is None for end in names):
        return []
    return [(name, words.figure(total[end]) if total.get(end) is not None else _("open")) for end, name in names.items()]


def _claim(dossier: Dossier, same: list[Count], judged: dict[int, Judgement]) -> Claim:
    """Make one row of statements that say the same; the one "best" follows speaks for them, else the newest."""
    count = next((row for row in same if row.pk in judged and judged[row.pk].verdict == "best"), same[0])
    judgement = judged.get(count.pk)
    verdict = judgement.verdict if judgement else ""
    ranged = count.best is None and count.quantifier and count.low is not None and count.high is not None
    return Claim(
        count=count,
        number=words.statement(count.low, count.best, count.high, count.quantifier),
        range_note=words.between(count.low, count.high) if ranged else "",
        quotation=dossier.quote(count.event, count.span),
        article=count.event.article,
        others=len({origin_key(row.event.article) for row in same} - {origin_key(count.event.article)}),
        head=_(HEADS.get(verdict, verdict)) if verdict else _(IN_PASSING),
        reason=_(judgement.reason) % _kept_apart(judgement.values)
        if judgement
        else _("The article tells it as history; it is not part of the figures."),
        is_best=verdict in ("best", "added"),
        is_past=verdict in PAST,
    )


def _kept_apart(values: Sequence[tuple[str, str]]) -> dict[str, str]:
    return {name: words.isolated(value) for name, value in values}


def best_quantifier(dossier: Dossier, outcome: str) -> str:
    """Return the quantifier of the statement that best follows ("nearly"), "" for none or for a value set by a person."""
    total = dossier.incident.totals.get(outcome) or {}
    chosen = next((row for row in dossier.counts if row.pk == total.get("chosen")), None)
    return chosen.quantifier if chosen and outcome not in dossier.overrides and chosen.best == total.get("best") else ""


def _same_words(row: Count) -> tuple[Any, ...]:
    who = (row.who.casefold(), row.claimant.casefold())
    return row.low, row.best, row.high, row.quantifier.casefold(), *who, row.part_of_whole, row.cumulative


def _newest_first(row: Count) -> tuple[int, int, int]:
    published = row.event.article.published_on
    return -published.toordinal() if published else 0, -row.event.article_id, row.ordinal


def _standing(claim: Claim) -> tuple[bool, bool, int]:
    size = claim.count.best if claim.count.best is not None else claim.count.low or claim.count.high or 0
    return claim.is_past, not claim.is_best, 0 if claim.is_past else -size
