"""One message on its way, through the guarded client: no private address that an admin did not allow, no redirect, and
an end after a while, however slowly the other side drips."""

from __future__ import annotations

import time
from ipaddress import ip_address

from config.errors import Blocked, SourceError, UsageError
from config.settings import Webhooks
from scraper.fetch import Client, retry_after
from scraper.guard import DEFAULT_PORTS, Reach, is_public
from scraper.urls import checked_url
from storage.clock import now
from storage.topics import FetchPolicy
from storage.webhooks import Attempt, Parcel
from web.webhooks.signing import signed

LARGEST_ANSWER = 1_000_000
KEPT = 300
"""Characters that are kept of what a receiver said."""


def checked_address(url: str, settings: Webhooks) -> str:
    """An address that messages may go to. Raises UsageError, SourceError or Blocked.

    What a name stands for is looked at again whenever something is sent there.
    """
    address = checked_url(url)
    port = address.port or DEFAULT_PORTS[address.scheme]
    if Reach.of(url, policy(settings)).allows(address.host, port):
        return str(address)
    if address.scheme != "https":
        raise UsageError("A webhook on the internet must speak HTTPS.", "Use an address that begins with https://.")
    if port != DEFAULT_PORTS["https"] or not _may_be_public(address.host):
        cure = f"If it is meant, an admin can add “{address.host}:{port}” to webhooks.allow_hosts."
        raise Blocked(f"“{address.host}:{port}” is not on the public internet.", cure)
    return str(address)


def send(parcel: Parcel, settings: Webhooks) -> tuple[Attempt, float]:
    """Try once. Returns how it went, and for how many seconds the receiver asked to be left alone. Never raises SourceError."""
    at, started, body = now(), time.monotonic(), parcel.body.encode()
    headers = {"Content-Type": "application/json", **signed(parcel.secrets, parcel.message, int(time.time()), body)}
    try:
        client = Client(checked_address(parcel.url, settings), policy(settings))
        headers["User-Agent"] = client.agent
        reply = client.exchange("POST", parcel.url, headers, body, client.deadline())
    except (SourceError, UsageError) as error:
        return Attempt(at=at, status=0, said=error.message[:KEPT], seconds=_since(started)), 0.0
    said = "".join(c if c.isprintable() else " " for c in reply.body[: 4 * KEPT].decode(errors="replace"))[:KEPT]
    wish = retry_after(reply.headers.get("retry-after", "")) if reply.status in (429, 503) else 0
    return Attempt(at=at, status=reply.status, said=said.strip(), seconds=_since(started)), float(wish)


def policy(settings: Webhooks) -> FetchPolicy:
    return FetchPolicy(hosts=settings.allow_hosts, timeout_s=settings.timeout_s, max_bytes=LARGEST_ANSWER)


def _may_be_public(host: str) -> bool:
    """False for what is private by its very notation; names are looked up when something is sent."""
    try:
        ip_address(host)
    except ValueError:
        return host.lower() != "localhost" and "." in host
    return is_public(host)


def _since(started: float) -> float:
    return round(time.monotonic() - started, 3)
