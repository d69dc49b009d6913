"""One signed POST to an address somebody else chose: checked at this very moment, never redirected, soon given up."""

import time
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

import httpx
from django.conf import settings
from standardwebhooks import Webhook as Signer

from sources.addresses import resolve
from sources.refusals import Refused

SECONDS = 15
USER_AGENT = "IncidentDesk/0.1 (webhook)"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of an attempt: the HTTP status (None: no answer), what it means in words, and milliseconds."""

    status: int | None
    words: str
    ms: int

    @property
    def taken(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def signed(message: str, at: datetime, body: str, secrets: list[str]) -> dict[str, str]:
    """Return the headers of Standard Webhooks: one signature for each secret."""
    return {
        "webhook-id": message,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(Signer(secret).sign(message, at, body) for secret in secrets),
    }


def checked(url: str) -> tuple[httpx.URL, str, str]:
    """Return the address with its host replaced by the machine it leads to now, the Host field, and the host's name.

    Raises Refused: not http(s), or inside a private network.
    """
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, TypeError):
        raise Refused(url, "not a valid address") from None
    if parsed.scheme not in {"http", "https"} or not parsed.host or parsed.userinfo:
        raise Refused(url, "only http and https addresses without a password are posted to")
    host = parsed.raw_host.decode("ascii")
    address = resolve(
        host, parsed.port or (443 if parsed.scheme == "https" else 80), allow_private=settings.WEBHOOK_ALLOW_PRIVATE
    )
    return parsed.copy_with(host=address, fragment=None), parsed.netloc.decode("ascii"), host


def post(url: str, body: str, headers: dict[str, str]) -> Answer:
    """Post the body; only the answer's status is read."""
    start = time.monotonic()
    status, words = _ask(url, body, headers)
    return Answer(status, words, round((time.monotonic() - start) * 1000))


def _ask(url: str, body: str, headers: dict[str, str]) -> tuple[int | None, str]:
    try:
        target, host_field, host = checked(url)
        headers = headers | {"Content-Type": "application/json", "User-Agent": USER_AGENT, "Host": host_field}
        # No proxy from the environment: it would resolve the name again, past our check.
        with (
            httpx.Client(trust_env=False, timeout=SECONDS, follow_redirects=False) as client,
            client.stream("POST", target, content=body.encode(), headers=headers, extensions={"sni_hostname": host}) as response,
        ):
            status = response.status_code
    except Refused as refused:
        return None, refused.reason
    except httpx.TimeoutException:
        return None, f"no answer within {SECONDS} s"
    except httpx.HTTPError as error:
        return None, (str(error) or type(error).__name__).splitlines()[0][:200]
    if 300 <= status < 400:
        return status, "redirects; they are not followed"
    return status, HTTPStatus(status).phrase if status in HTTPStatus._value2member_map_ else ""
