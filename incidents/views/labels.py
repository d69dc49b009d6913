"""Names for the offline map: the largest places of one map tile."""

import math

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from geo.models import Place

DEEPEST = 12
A_TILE = 24  # names in one tile, which the map shows at 512 pixels: more would not find room
LEAST = {0: 5_000_000, 3: 1_000_000, 4: 300_000, 5: 100_000, 6: 30_000, 7: 10_000, 8: 1_000, 9: 0}


@require_safe
@cache_control(max_age=86_400, public=True)
def labels(_request: HttpRequest, zoom: int, x: int, y: int) -> HttpResponse:
    """Answer `{"places": [[name, lat, lon, population], …]}`, largest first; empty for a tile that is not on the map."""
    if zoom > DEEPEST or x >= 2**zoom or y >= 2**zoom:
        return JsonResponse({"places": []})
    west, east = x / 2**zoom * 360 - 180, (x + 1) / 2**zoom * 360 - 180
    north, south = _latitude(y / 2**zoom), _latitude((y + 1) / 2**zoom)
    least = LEAST[max(level for level in LEAST if level <= zoom)]
    places = Place.objects.filter(
        kind="settlement", lat__gte=south, lat__lt=north, lon__gte=west, lon__lt=east, population__gte=least
    ).order_by("-population", "id")[:A_TILE]
    return JsonResponse({"places": [[place.name, place.lat, place.lon, place.population] for place in places]})


def _latitude(share: float) -> float:
    """Return the latitude at a share (0 north, 1 south) of the square web Mercator map."""
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * share))))
