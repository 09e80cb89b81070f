"""Addresses: which may be asked for, which may be shown, and which two are one."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import parse_qsl, quote, unquote, unquote_plus, urlencode, urljoin, urlsplit

import httpx

from config.errors import Blocked, SourceError

URL_LIMIT = 2_000
HOST = re.compile(rb"[A-Za-z0-9._-]+|[0-9a-f:.]+")
"""A name (international ones in their ASCII form) or an IPv6 address."""
TRACKING = re.compile(
    r"utm_\w+|(?:fb|g|d|y|tw|tt)clid|msclkid|li_fat_id|gclsrc|[gw]braid|_g[al]|mc_[ce]id|mkt_tok|_hs(?:enc|mi)|igshi?d?"
    r"|spm|ref|ref_(?:src|url)|s?cmp(?:id)?|smid|ito|ns_(?:mchannel|source|campaign|linkname|fee)"
    r"|at_(?:medium|campaign|format|custom\d|link\w*|bbc\w*|ptr\w*)",
    re.IGNORECASE,
)
"""Query parameters that say where a reader came from, not what is read."""
MIRRORS = ("www.", "m.", "mobile.", "amp.")
"""Host prefixes that serve the same pages."""
UNRESERVED = "-._~"  # RFC 3986, 2.3, besides letters and digits
PATH_SAFE = UNRESERVED + "!$&'()*+,;=:@/"


def checked_url(text: str) -> httpx.URL:
    """A web address that may be asked for. Raises Blocked or SourceError."""
    if len(text) > URL_LIMIT:
        raise SourceError("An address is longer than 2,000 characters.", "Check the address.")
    try:
        url = httpx.URL(text.strip())
    except (httpx.InvalidURL, ValueError) as e:
        raise SourceError(f"“{text[:80]}” is not a web address.", "It should begin with https://.") from e
    if url.scheme not in ("http", "https") or not url.host:
        raise Blocked(f"“{text[:80]}” is not a web address.", "It should begin with https://.")
    if not HOST.fullmatch(url.raw_host) or (url.port or 0) > 65535:
        raise SourceError(f"“{text[:80]}” names no possible host.", "Check the address.")
    if url.userinfo:
        raise Blocked(f"The address of “{url.host}” carries a name or password.", "Remove the part before the @.")
    return url


def shown(url: str) -> str:
    """An address without its query, which may hold keys."""
    return url.partition("?")[0][:160]


def absolute(link: str, base: str) -> str:
    """What a link on the page `base` leads to, of whatever scheme. "" when it makes no sense."""
    try:
        return urljoin(base, link.strip())
    except ValueError:  # half an IPv6 address
        return ""


def clean_link(link: str, base: str = "") -> str:
    """The address as a person should follow it: absolute, http or https, without tracking. "" when there is none."""
    try:
        parts = urlsplit(str(checked_url(absolute(link, base))))
    except SourceError:
        return ""
    query = "&".join(p for p in parts.query.split("&") if p and not _is_tracking(p))
    return parts._replace(query=query).geturl()


def canonical_url(link: str) -> str:
    """The identity of a page: equal for all addresses that lead to it, as far as the address tells. "" if not http(s).

    Idempotent. It is compared, never fetched: scheme, mirrors, fragment and the order of parameters are dropped.
    """
    return canonical_of(clean_link(link))


def canonical_of(clean: str) -> str:
    """The same of a link that `clean_link` gave."""
    if not clean:
        return ""
    parts = urlsplit(clean)
    host = _without_mirrors((parts.hostname or "").rstrip("."))
    host = f"[{host}]" if ":" in host else host
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True)))
    return f"https://{host}{port}{_canonical_path(parts.path)}" + (f"?{query}" if query else "")


def _is_tracking(parameter: str) -> bool:
    return bool(TRACKING.fullmatch(unquote_plus(parameter.partition("=")[0])))


def _without_mirrors(host: str) -> str:
    for prefix in MIRRORS:
        if host.startswith(prefix) and "." in host.removeprefix(prefix):
            return _without_mirrors(host.removeprefix(prefix))
    return host


def _canonical_path(path: str) -> str:
    """One spelling: plain characters unescaped, dots resolved, no doubled or closing slash, no /amp."""
    plain = quote(unquote(path, errors="surrogateescape").lstrip("/"), PATH_SAFE, errors="surrogateescape")
    return re.sub(r"(?:/amp)*/?$", "", posixpath.normpath("/" + plain))
