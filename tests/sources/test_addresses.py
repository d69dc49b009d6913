"""The desk fetches from the internet alone, whatever a name resolves to."""

import pytest

from sources.addresses import is_public, resolve
from sources.refusals import Refused


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822"])
def test_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104 -- as an address to refuse
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::a00:1",
    ],
)
def test_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0x7f000001", "2130706433", "127.1", "::1"])
def test_this_machine_by_any_name_is_refused(host: str) -> None:
    with pytest.raises(Refused, match="private or reserved network"):
        resolve(host, 80)


def test_private_hosts_can_be_allowed() -> None:
    assert resolve("127.0.0.1", 80, allow_private=True) == "127.0.0.1"


def test_name_that_is_none() -> None:
    with pytest.raises(Refused, match="no such host"):
        resolve("a" * 300 + ".example", 80)
