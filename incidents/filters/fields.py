"""Form fields for the query string: several values in one, days of any precision, circles and boxes on the earth."""

import calendar
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext as _

from geo import country_names

EARTH_KM = 20_040  # half the equator: a circle that wide holds everything
MANY = 100  # values of one parameter


@dataclass(frozen=True, slots=True)
class Circle:
    """Everything within `km` kilometres of a point in degrees."""

    lat: float
    lon: float
    km: float


@dataclass(frozen=True, slots=True)
class Box:
    """A stretch of the map in degrees; `west` is greater than `east` where it crosses the date line."""

    west: float
    south: float
    east: float
    north: float


class Several(forms.Widget):
    """Reads every value of a parameter, `a=1&a=2` and `a=1,2` alike; quoted commas are for the single-valued forms only."""

    def __init__(self, *, split: bool = True) -> None:
        super().__init__()
        self.split = split

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        given: Iterable[str] = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        values = [part.strip() for value in given for part in (value.split(",") if self.split else [value])]
        return list(dict.fromkeys(value for value in values if value))


class ManyField(forms.Field):
    """Several values, each of a fixed vocabulary where one is given. Cleans to a list without repetition."""

    def __init__(self, choices: Sequence[str] = (), *, split: bool = True, max_length: int = 200) -> None:
        super().__init__(required=False, widget=Several(split=split))
        self.choices = choices
        self.max_length = max_length

    def clean(self, value: Any) -> list[str]:
        values: list[str] = value or []
        if len(values) > MANY:
            raise ValidationError(_("At most %(n)s values.") % {"n": MANY})
        for each in values:
            self._check(each)
        return values

    def _check(self, value: str) -> None:
        ProhibitNullCharactersValidator()(value)
        if len(value) > self.max_length:
            raise ValidationError(_("At most %(n)s characters.") % {"n": self.max_length})
        if self.choices and value not in self.choices:
            near = get_close_matches(value, self.choices, 1)
            hint = _("did you mean “%s”?") % near[0] if near else _("choose of: %s.") % ", ".join(self.choices)
            raise ValidationError(_("“%(value)s” is not known; %(hint)s") % {"value": value, "hint": hint})


class CountryField(ManyField):
    """ISO 3166-1 alpha-2 codes, in either case."""

    def clean(self, value: Any) -> list[str]:
        codes = [code.upper() for code in super().clean(value)]
        for code in codes:
            if code not in country_names.names():
                raise ValidationError(_("“%s” is no country code; use two letters as in SY.") % code)
        return codes


class DayField(forms.CharField):
    """A day, month or year in ISO form; cleans to its first day, or with `end` to its last."""

    def __init__(self, *, end: bool = False) -> None:
        super().__init__(required=False, max_length=40)
        self.end = end

    def clean(self, value: Any) -> date | None:
        text = super().clean(value)
        if not text:
            return None
        match = re.fullmatch(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?", text)
        if not match:
            raise ValidationError(_("“%s” is not a day: try 2022-01-20, 2022-01 or 2022.") % text)
        year, month, day = (int(part) if part else None for part in match.groups())
        try:
            return self._filled(year or 0, month, day)
        except ValueError:
            raise ValidationError(_("There is no day “%s”.") % text) from None

    def _filled(self, year: int, month: int | None, day: int | None) -> date:
        if not self.end:
            return date(year, month or 1, day or 1)
        month = month or 12
        if not 1 <= year <= 9999 or not 1 <= month <= 12:
            raise ValueError(year, month)
        return date(year, month, day or calendar.monthrange(year, month)[1])


def _numbers(text: str, names: Sequence[str]) -> list[float]:
    parts = text.split(",")
    try:
        numbers = [float(part) for part in parts]
    except ValueError:
        numbers = []
    if len(numbers) != len(names) or not all(abs(number) < 1e6 for number in numbers):
        raise ValidationError(_("Write it as %(names)s, in numbers.") % {"names": ",".join(names)})
    return numbers


class CircleField(forms.CharField):
    """`lat,lon,km`. Cleans to a Circle."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        lat, lon, km = _numbers(text, ("lat", "lon", "km"))
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            raise ValidationError(_("That point is not on the earth: latitude −90 to 90, longitude −180 to 180."))
        if not 0 < km <= EARTH_KM:
            raise ValidationError(_("The distance must lie between 0 and %s km.") % EARTH_KM)
        return Circle(lat, lon, km)


class BoxField(forms.CharField):
    """`west,south,east,north` in degrees; maps that wrap around may give longitudes beyond 180. Cleans to a Box."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        west, south, east, north = _numbers(text, ("west", "south", "east", "north"))
        if south > north:
            raise ValidationError(_("South lies above north."))
        if east - west >= 360:
            west, east = -180.0, 180.0
        else:
            west, east = _wrapped(west), _wrapped(east)
        return Box(west, max(south, -90.0), east, min(north, 90.0))


def _wrapped(lon: float) -> float:
    return lon if -180 <= lon <= 180 else (lon + 180) % 360 - 180
