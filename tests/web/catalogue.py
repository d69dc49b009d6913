"""A catalogue of everything that can be translated, as `makemessages` would collect it, each text in brackets."""

import re
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from django.apps import apps
from django.conf import settings
from django.db.models import Field
from django.utils.translation.template import templatize

from incidents import vocabulary
from incidents.exports.columns import COLUMNS
from incidents.filters import words as filter_words
from incidents.pages import claims, comparing, whereabouts, words
from incidents.views.desk import SORTS
from incidents.views.own_account import ROLES

LANGUAGE = "ar"  # from right to left, with six plurals
KEYWORDS = {
    "gettext": None, "gettext_lazy": None, "gettext_noop": None, "ngettext": (1, 2), "ngettext_lazy": (1, 2), "_": None,
    "pgettext": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
RULE = settings.BASE_DIR / "incidents" / "extraction"
REASON = re.compile(r'Judgement\("[^"]+", "([^"]+)"')
PACKAGES = ("config", "incidents", "sources", "geo")


def collected() -> Catalog:
    """Return everything that code and templates mark for translation, in brackets."""
    found = Catalog(locale=LANGUAGE)
    for name in PACKAGES:
        for path in sorted((settings.BASE_DIR / name).rglob("*.py")):
            _collect(found, path.read_text())
    for path in sorted((settings.BASE_DIR / "templates").rglob("*")):
        if path.is_file():
            lines = templatize(path.read_text(), origin=str(path)).splitlines()
            _collect(found, "\n".join(line.strip() for line in lines))  # no Python: nothing is meant by its indents
    return found


def write(folder: Path) -> Path:
    """Write the compiled catalogue below a folder and return it, as LOCALE_PATHS takes it."""
    compiled = folder / LANGUAGE / "LC_MESSAGES" / "django.mo"
    compiled.parent.mkdir(parents=True)
    with compiled.open("wb") as file:
        write_mo(file, collected())
    return folder


def looked_up() -> list[str]:
    """Return the texts that pages look up by a value: vocabulary, states of things, reasons of the rule, names of columns."""
    nouns = [word for pair in vocabulary.TYPE_NOUNS.values() for word in pair]
    plain = [
        vocabulary.label(word) for word in (*vocabulary.OUTCOMES, *vocabulary.ROLES, *vocabulary.STAGES, *vocabulary.FAMILIES)
    ]
    said = [words.NOT_STATED, words.NOT_KNOWN, claims.IN_PASSING]
    tables = (
        vocabulary.FAMILY_NOUNS, words.PRECISIONS, words.BASES, words.PLACE_PRECISIONS, words.FIELD_NAMES, claims.HEADS,
        comparing.PARTS, whereabouts.DRAWN, filter_words.LABELS, ROLES,
    )  # fmt: skip
    for table in tables:
        said += table.values()
    models = [model for name in ("incidents", "sources") for model in apps.get_app_config(name).get_models()]
    fields = [field for model in models for field in model._meta.get_fields() if isinstance(field, Field)]
    choices = [label for field in fields for _value, label in field.flatchoices]
    reasons = [reason for name in ("totals", "total_article") for reason in REASON.findall((RULE / f"{name}.py").read_text())]
    said += [*reasons, *(column.words for column in COLUMNS)]
    texts = [*nouns, *plain, *(word.capitalize() for word in plain), *said, *choices, *SORTS]
    return [text for text in dict.fromkeys(map(str, texts)) if text]


def _collect(found: Catalog, source: str) -> None:
    for _line, message, _comments, context in extract("python", BytesIO(source.encode()), KEYWORDS):
        if isinstance(message, tuple):
            one, many = message[-2:]
            found.add((one, many), [f"⟦{many}⟧"] * found.num_plurals, context=context)
        elif message:
            found.add(message, f"⟦{message}⟧", context=context)
