"""Failed sign-ins counted in the cache, so that guessing passwords soon stops paying."""

from django.core.cache import cache

WINDOW = 15 * 60  # seconds
FROM_ADDRESS = 50  # failures of one address, whatever the names: an office behind one router may mistype
FOR_NAME_FROM_ADDRESS = 5
FOR_NAME = 30  # failures for one name from everywhere


def _limits(name: str, address: str) -> dict[str, int]:
    folded = name.strip().casefold().encode().hex()[:200]
    return {
        f"sign-in:{address}": FROM_ADDRESS,
        f"sign-in:{address}:{folded}": FOR_NAME_FROM_ADDRESS,
        f"sign-in::{folded}": FOR_NAME,
    }


def too_many(name: str, address: str) -> bool:
    """Whether the next attempt must wait."""
    limits = _limits(name, address)
    counted = cache.get_many(limits)
    return any(counted.get(key, 0) >= limit for key, limit in limits.items())


def count(name: str, address: str) -> None:
    """Remember one failed attempt for `WINDOW` seconds from the first."""
    for key in _limits(name, address):
        cache.add(key, 0, WINDOW)
        cache.incr(key)


def forget(name: str, address: str) -> None:
    """Start anew for a name that signed in from this address."""
    limits = list(_limits(name, address))
    cache.delete(limits[1])
