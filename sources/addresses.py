"""Which network addresses the desk may fetch from. Pure, apart from asking the resolver."""

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from sources.refusals import Refused

NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: the last four bytes are an IPv4 address


def resolve(host: str, port: int, *, allow_private: bool = False) -> str:
    """Return one address of the host, to connect to as it is: asking the resolver again could give another answer.

    Raises Refused where there is none, or where any of them lies inside a private, local or reserved network.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Refused(host, "no such host", temporary=isinstance(error, socket.gaierror)) from None
    addresses = [str(entry[4][0]) for entry in found]
    if not allow_private and not all(is_public(address) for address in addresses):
        raise Refused(host, "lies in a private or reserved network, which the desk does not fetch from")
    return addresses[0]


def is_public(address: str) -> bool:
    """Return whether anybody on the internet would reach the same machine under this address."""
    if "%" in address:  # a zone: link-local
        return False
    ip = ip_address(address)
    if isinstance(ip, IPv6Address) and (inner := _embedded(ip)) is not None:
        ip = inner
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _embedded(ip: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that a mapped, 6to4, Teredo or NAT64 address leads to."""
    if ip in NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
