"""Where the scraper may go, checked on the very address that a connection is made to.

A name is looked up once, every address of the answer is checked, and the connection is made to a checked
address: no second look-up that could answer differently, and no notation of an address that slips through.
Addresses: IANA's IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890 and successors).
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Network, ip_address
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from config.errors import Blocked
from scraper.urls import checked_url
from storage.topics import FetchPolicy

DEFAULT_PORTS = {"http": 80, "https": 443}
BUNDLED = Path(__file__).resolve().parent.parent / "examples"
"""Sources that come with Dailies; always readable."""

SPECIAL_IPV4 = tuple(
    map(
        IPv4Network,
        [
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
        ],
    )
)
GLOBAL_IPV6 = IPv6Network("2000::/3")
SPECIAL_IPV6 = tuple(map(IPv6Network, ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]))


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet. Mapped, translated and tunnelled IPv4 does not."""
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv4Address):
        return not any(ip in net for net in SPECIAL_IPV4)
    return ip in GLOBAL_IPV6 and not any(ip in net for net in SPECIAL_IPV6)


@dataclass(frozen=True)
class Reach:
    """What one source may touch besides the public internet.

    An admin's allowed hosts and folders open only to a source that lies there itself: a page on the internet
    that names, or redirects to, an address on the home network gets nowhere.
    """

    hosts: frozenset[str] = frozenset()
    folders: tuple[Path, ...] = ()

    @classmethod
    def of(cls, source_url: str, policy: FetchPolicy) -> Reach:
        """The reach of a source. Raises SourceError or Blocked when its address makes no sense."""
        if is_file(source_url):
            return cls(folders=(BUNDLED, *(Path(folder).resolve() for folder in policy.folders)))
        url = checked_url(source_url)
        reach = cls(hosts=frozenset(host.lower() for host in policy.hosts))
        return reach if reach.allows(url.host, url.port or DEFAULT_PORTS[url.scheme]) else cls()

    def allows(self, host: str, port: int) -> bool:
        return host_key(host, port) in self.hosts

    def local_file(self, url: str) -> Path:
        """The file behind a file: URL. Raises Blocked when it is outside the allowed folders."""
        parts = urlsplit(url)
        try:
            path = Path(url2pathname(parts.path)).resolve()
        except ValueError as e:
            raise Blocked("An address names no possible file.", "Check the address.") from e
        if parts.netloc not in ("", "localhost") or not any(path.is_relative_to(f) for f in self.folders):
            raise Blocked(f"{path} is not in a folder that sources may be read from.", "An admin can allow its folder.")
        return path


def is_file(url: str) -> bool:
    return url[:5].lower() == "file:"


def host_key(host: str, port: int) -> str:
    """host:port as it stands in the settings; IPv6 addresses in brackets."""
    return f"[{host.lower()}]:{port}" if ":" in host else f"{host.lower()}:{port}"
