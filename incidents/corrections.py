"""Whether a person's value for a field can stand: each field with its check. A value that cannot is explained in clear words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from geo import country_names
from geo.models import Place
from incidents.vocabulary import DATE_PRECISIONS, OUTCOMES, PLACE_PRECISIONS, ROLES, STAGES, TYPES, label

MOST_PEOPLE = 2_147_483_647  # what the column holds
LONGEST_REASON = 500
LONGEST_NAME = 200
MOST_PARTIES = 100
EARLIEST_YEAR = 1000
AHEAD = timedelta(days=366 * 5)  # planned things lie ahead, but not further
WIDEST_KM = 20_040
BOUNDS = ("low", "best", "high")


@dataclass(frozen=True, slots=True)
class Field:
    """A field that people may correct: its name, and the check that returns what is stored or raises ValidationError."""

    name: Any
    check: Callable[[Any], Any]


def checked(field: str, value: Any) -> Any:
    """Return the value as it is stored; raises ValidationError."""
    if field not in FIELDS:
        raise ValidationError(_("“%s” is no field that can be corrected.") % str(field)[:40])
    return FIELDS[field].check(value)


def checked_reason(reason: str) -> str:
    reason = reason.strip().replace("\x00", "")
    if len(reason) > LONGEST_REASON:
        raise ValidationError(_("The reason is longer than %s characters.") % LONGEST_REASON)
    return reason


def _one_of(words: tuple[str, ...]) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        if not isinstance(value, str) or value not in words:
            raise ValidationError(_("“%s” is not in the vocabulary.") % str(value)[:40])
        return value

    return check


def _yes_or_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValidationError(_("Say yes or no."))
    return value


def mapping(value: Any, keys: frozenset[str]) -> Mapping[str, Any]:
    """Return the value, which must be a mapping with these keys alone."""
    if not isinstance(value, Mapping) or not set(value) <= keys:
        raise ValidationError(_("Expected these parts alone: %s.") % ", ".join(sorted(keys)))
    return value


def text(value: Any) -> str:
    """Return the text with its white space folded, "" for none; raises ValidationError where it is too long, or no text."""
    if value is not None and not isinstance(value, str):
        raise ValidationError(_("“%s” is no text.") % str(value)[:40])
    words = " ".join((value or "").replace("\x00", "").split())
    if len(words) > LONGEST_NAME:
        raise ValidationError(_("“%(start)s…” is longer than %(n)s characters.") % {"start": words[:40], "n": LONGEST_NAME})
    return words


def _date(value: Any) -> dict[str, Any] | None:
    """{"earliest": ISO day or None, "latest": ISO day or None, "precision", "time": "18:00" with precision "time" alone}, or None
    for a date that is not known.
    """
    if value is None:
        return None
    parts = mapping(value, frozenset({"earliest", "latest", "precision", "time"}))
    earliest, latest = _day(parts.get("earliest")), _day(parts.get("latest"))
    precision = parts.get("precision") or "day"
    if precision not in DATE_PRECISIONS:
        raise ValidationError(_("“%s” is no precision of a date.") % str(precision)[:40])
    if earliest is None and latest is None:
        return None
    if earliest and latest and latest < earliest:
        raise ValidationError(_("The last day lies before the first one."))
    if precision in ("day", "time") and earliest != latest:
        raise ValidationError(_("One day has the same first and last day; choose “a few days” or “a month” for more."))
    days = {"earliest": earliest and earliest.isoformat(), "latest": latest and latest.isoformat(), "precision": precision}
    return days | _clock(parts.get("time"), precision)


def _clock(value: Any, precision: str) -> dict[str, str]:
    if value in (None, ""):
        return {}
    try:
        clock = time.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValidationError(_("There is no time “%s”: say it as 18:00.") % str(value)[:40]) from None
    if precision != "time":
        raise ValidationError(_("A time of day belongs to a date known “to the hour”."))
    return {"time": clock.isoformat("minutes")}


def _day(value: Any) -> date | None:
    if value in (None, ""):
        return None
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValidationError(_("There is no day “%s”.") % str(value)[:40]) from None
    if not date(EARLIEST_YEAR, 1, 1) <= day <= timezone.now().date() + AHEAD:
        raise ValidationError(_("%s lies too far from today to be right.") % day.isoformat())
    return day


PLACE_PARTS = frozenset({"place_id", "name", "precision", "country", "admin1", "lat", "lon", "radius_km"})


def _place(value: Any) -> dict[str, Any] | None:
    """{"place_id", "precision", "radius_km"} for a place of the gazetteer; for one of the editor's own {"name", "country",
    "admin1", "lat", "lon", "precision", "radius_km"}; None, or the precision "none", for a place that is not known.
    """
    if value is None:
        return None
    parts = mapping(value, PLACE_PARTS)
    precision = parts.get("precision") or ""
    if precision == "none":
        return None
    if precision not in PLACE_PRECISIONS:
        raise ValidationError(_("“%s” is no precision of a place.") % str(precision)[:40])
    own = _from_gazetteer(text(parts["place_id"])) if parts.get("place_id") else own_place(parts)
    radius = number(parts.get("radius_km"), _("The radius"), 0, WIDEST_KM)
    if precision == "near" and not radius:
        raise ValidationError(_("“Near” needs a radius in kilometres."))
    return own | {"precision": precision, "radius_km": radius if radius is not None else own.get("radius_km")}


def _from_gazetteer(place_id: str) -> dict[str, Any]:
    place = Place.objects.filter(pk=place_id[:64]).first()
    if place is None:
        raise ValidationError(_("The gazetteer has no place “%s” (any more).") % place_id[:64])
    return {
        "place_id": place.pk,
        "name": place.name,
        "country": place.country,
        "admin1": place.admin1,
        "lat": place.lat,
        "lon": place.lon,
        "radius_km": place.radius_km,
    }


def own_place(parts: Mapping[str, Any]) -> dict[str, Any]:
    """Return a place of the editor's own as it is stored; raises ValidationError."""
    name, admin1, country = (text(parts.get(part)) for part in ("name", "admin1", "country"))
    country = country.upper()
    if not name:
        raise ValidationError(_("Name the place."))
    if country and country not in country_names.names():
        raise ValidationError(_("“%s” is no country code; use two letters as in SY.") % country[:10])
    lat, lon = number(parts.get("lat"), _("Latitude"), -90, 90), number(parts.get("lon"), _("Longitude"), -180, 180)
    if (lat is None) != (lon is None):
        raise ValidationError(_("A point needs both latitude and longitude."))
    return {"place_id": None, "name": name, "country": country, "admin1": admin1, "lat": lat, "lon": lon}


def number(value: Any, name: str, low: float, high: float) -> float | None:
    """Return the number within its bounds, None for none; raises ValidationError, which calls it `name`."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise ValidationError(_("%(name)s must be a number from %(low)s to %(high)s.") % {"name": name, "low": low, "high": high})
    return float(value)


def people(value: Any) -> dict[str, int | None] | None:
    """{"low", "best", "high"}: people, None for not known, 0 for a stated none; None altogether for "not stated"."""
    if value is None:
        return None
    parts = mapping(value, frozenset(BOUNDS))
    numbers = {bound: _count(parts.get(bound), bound) for bound in BOUNDS}
    known = [(bound, number) for bound, number in numbers.items() if number is not None]
    for (lower, small), (upper, large) in pairwise(known):
        if small > large:
            raise ValidationError(_("%(upper)s lies below %(lower)s.") % {"upper": upper.capitalize(), "lower": lower})
    return numbers


def _count(value: Any, bound: str) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValidationError(_("%s must be a whole number of people.") % bound.capitalize())
    if value < 0:
        raise ValidationError(_("%s is negative: people are counted from 0.") % bound.capitalize())
    if value > MOST_PEOPLE:
        raise ValidationError(_("%s is more people than can be stored.") % bound.capitalize())
    return value


def _parties(value: Any) -> list[dict[str, str]]:
    """[{"name", "role"}], each once, the most important first; an empty list where nobody is known to take part."""
    if not isinstance(value, list | tuple) or len(value) > MOST_PARTIES:
        raise ValidationError(_("Give a list of at most %s parties.") % MOST_PARTIES)
    found = [party(one, frozenset({"name", "role", "actor"})) for one in value]
    return [one for place, one in enumerate(found) if one not in found[:place]]


def party(value: Any, keys: frozenset[str]) -> dict[str, str]:
    """Return the name and role of a party; raises ValidationError where one is missing or not in the vocabulary."""
    parts = mapping(value, keys)
    name = text(parts.get("name"))
    if not name:
        raise ValidationError(_("Name the party."))
    role = parts.get("role") or "unknown"
    if role not in ROLES:
        raise ValidationError(_("“%s” is no role.") % str(role)[:40])
    return {"name": name, "role": role}


FIELDS: dict[str, Field] = {
    "type": Field(gettext_lazy("Type"), _one_of(TYPES)),
    "stage": Field(gettext_lazy("Stage"), _one_of(STAGES)),
    "background": Field(gettext_lazy("Told in passing"), _yes_or_no),
    "date": Field(gettext_lazy("Date"), _date),
    "place": Field(gettext_lazy("Place"), _place),
    "actors": Field(gettext_lazy("Parties"), _parties),
    **{outcome: Field(gettext_lazy(label(outcome).capitalize()), people) for outcome in OUTCOMES},
}
