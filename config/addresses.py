"""The address of a Redis, completed with what should not stand in an address that people write down or type."""

from __future__ import annotations

from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit


def complete(address: str, user: str = "", password: str = "", ca: str = "") -> str:
    """`address` with a user and a password unless it has its own, and with the file of authorities that vouch for a server
    behind TLS. Doing it twice changes nothing. Unix sockets and "" stay as they are."""
    parts = urlsplit(address)
    if parts.scheme not in ("redis", "rediss"):
        return address
    netloc, query = parts.netloc, parse_qsl(parts.query)
    if password and "@" not in netloc:
        netloc = f"{quote(user, safe='')}:{quote(password, safe='')}@{netloc}"
    if ca and parts.scheme == "rediss" and "ssl_ca_certs" not in dict(query):
        query.append(("ssl_ca_certs", ca))
    return urlunsplit(parts._replace(netloc=netloc, query=urlencode(query)))


def has_password(address: str) -> bool:
    return urlsplit(address).password is not None
