"""What the studio shows at services that want to know who asks. It stands in settings and in a worker's memory only.

A key is never part of a request, a report, an address or a log; and it is sent to its own service, or to a host of the
admin's own network that was allowed, but to nobody else, whatever address a source has.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from config.settings import Settings

REDDIT = "reddit.com"
NEWSAPI = "newsapi.org"


@dataclass(frozen=True)
class Key:
    """One service's key. `name` is public (a client's id), `secret` is not."""

    host: str
    name: str = ""
    secret: str = field(default="", repr=False)

    def __bool__(self) -> bool:
        return bool(self.secret)

    def belongs_to(self, host: str) -> bool:
        """Whether a host is the key's service or one of its subdomains."""
        return host.lower() == self.host or host.lower().endswith(f".{self.host}")


@dataclass(frozen=True)
class Keys:
    """All keys of a studio; an empty one is left out of every question."""

    reddit: Key = Key(REDDIT)
    newsapi: Key = Key(NEWSAPI)


def keys_of(settings: Settings) -> Keys:
    """The keys that stand in the settings."""
    reddit, newsapi = settings.reddit, settings.newsapi
    return Keys(
        reddit=Key(REDDIT, reddit.client_id, reddit.client_secret.get_secret_value()),
        newsapi=Key(newsapi.host.lower(), secret=newsapi.key.get_secret_value()),
    )
