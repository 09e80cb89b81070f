"""A subreddit: through PRAW with the studio's credentials, else by the public feed that every subreddit has.

    https://www.reddit.com/r/science              what is hot
    https://www.reddit.com/r/science/top?t=day    also: new, rising, controversial

With credentials there are votes, comments and pictures; the feed has neither of the first two.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar, Literal
from urllib.parse import parse_qs, urlsplit

from pydantic import AfterValidator, Field

from config.errors import SourceError
from scraper.charset import decode
from scraper.fetch import Client, retry_after
from scraper.keys import REDDIT
from scraper.reddit_wire import GuardedAdapter, guarded_session
from scraper.sources.asking import Ask, wrong
from scraper.sources.base import Candidate, FetchResult
from scraper.sources.feed import read_feed
from storage.orders import SourceSpec
from storage.topics import SourceState

SUBREDDIT = re.compile(r"/r/([A-Za-z0-9_]{2,21}(?:\+[A-Za-z0-9_]{2,21})*)(?:/(hot|new|top|rising|controversial))?/?$")
NAME = re.compile(
    r"(?:(?:https?://)?(?:\w+\.)?reddit\.com)?/?(?:r/)?([A-Za-z0-9_]{2,21}(?:\+[A-Za-z0-9_]{2,21})*)/?", re.IGNORECASE
)
PERIODS = ("hour", "day", "week", "month", "year", "all")
POSTS = 50


def _subreddit(text: str) -> str:
    """Its name alone, whether given as science, r/science or an address."""
    found = NAME.fullmatch(text.strip())
    if not found:
        raise wrong("A subreddit has a name such as science, or several: science+space.")
    return found[1]


class RedditAsk(Ask):
    subreddit: Annotated[str, AfterValidator(_subreddit)] = Field(title="Subreddit", examples=["science"])
    order: Literal["hot", "new", "top", "rising", "controversial"] = Field(
        "hot", title="Posts",
        json_schema_extra={"words": {"hot": "Hot", "new": "New", "top": "Top", "rising": "Rising", "controversial": "Controversial"}},
    )  # fmt: skip
    period: Literal["hour", "day", "week", "month", "year", "all"] = Field(
        "day", title="Of the last", description="Counts for top and controversial posts only.",
        json_schema_extra={"words": {"hour": "Hour", "day": "Day", "week": "Week", "month": "Month", "year": "Year", "all": "All time"}},
    )  # fmt: skip

    @property
    def address(self) -> str:
        timed = f"?t={self.period}" if self.order in ("top", "controversial") else ""
        return f"https://www.{REDDIT}/r/{self.subreddit}/{self.order}{timed}"


class Reddit:
    """Reads one listing of a subreddit."""

    kind: ClassVar[str] = "reddit"
    label: ClassVar[str] = "Subreddit"
    asks: ClassVar[type[Ask]] = RedditAsk
    terms: ClassVar[str] = (
        "Reddit's Data API terms: free for personal, non-commercial use; posts belong to their authors, and what an author "
        "deletes must be deleted."
    )

    def fetch(self, spec: SourceSpec, client: Client, state: SourceState) -> FetchResult:
        listing = Listing.of(spec.url)
        key = client.keys.reddit
        if key and key.belongs_to(urlsplit(spec.url).hostname or ""):
            return _by_api(listing, client)
        return _by_feed(listing, client, state)


@dataclass(frozen=True)
class Listing:
    """Which posts, on which server."""

    server: str
    subreddit: str
    order: str
    period: str

    @classmethod
    def of(cls, url: str) -> Listing:
        """Raises SourceError when the address names no subreddit."""
        parts = urlsplit(url)
        found = SUBREDDIT.fullmatch(parts.path)
        if not found:
            raise SourceError(
                f"“{url[:80]}” names no subreddit.", "Give https://www.reddit.com/r/NAME, or …/r/NAME/top?t=day."
            )
        period = parse_qs(parts.query).get("t", ["day"])[0]
        return cls(
            server=f"{parts.scheme}://{parts.netloc}",
            subreddit=found[1],
            order=found[2] or "hot",
            period=period if period in PERIODS else "day",
        )

    @property
    def feed(self) -> str:
        timed = f"?t={self.period}" if self.order in ("top", "controversial") else ""
        return f"{self.server}/r/{self.subreddit}/{self.order}/.rss{timed}"


def _by_feed(listing: Listing, client: Client, state: SourceState) -> FetchResult:
    answer = client.get(listing.feed, state)
    if answer.unchanged:
        return FetchResult(state=answer.state, unchanged=True)
    found = read_feed(decode(answer.body, answer.content_type), answer.url)
    warnings = (*found.warnings, "Without credentials there are no votes to rank by: see [reddit] in the settings.")
    return FetchResult(found.candidates, answer.state, name=f"r/{listing.subreddit}", warnings=warnings)


def _by_api(listing: Listing, client: Client) -> FetchResult:
    from praw import Reddit as Praw

    session, adapter = guarded_session(client)
    at_reddit = client.keys.reddit.host == REDDIT
    with _in_one_line(adapter, listing):
        reddit = Praw(
            client_id=client.keys.reddit.name,
            client_secret=client.keys.reddit.secret,
            user_agent=client.agent,
            requestor_kwargs={"session": session},
            oauth_url=f"https://oauth.{REDDIT}" if at_reddit else listing.server,
            reddit_url=f"https://www.{REDDIT}" if at_reddit else listing.server,
            username=None, password=None, refresh_token=None, check_for_updates=False, check_for_async=False,
        )  # fmt: skip
        subreddit = reddit.subreddit(listing.subreddit)
        timed = {"time_filter": listing.period} if listing.order in ("top", "controversial") else {}
        posts = [vars(post) for post in getattr(subreddit, listing.order)(limit=POSTS, **timed)]
        found = tuple(_candidate(told) for told in posts if not told["stickied"])  # an attribute that is missing from
        # an answer would make PRAW ask for each post once more: only what was told is looked at
    return FetchResult(found, name=f"r/{listing.subreddit}")


def _candidate(told: Mapping[str, Any]) -> Candidate:
    return Candidate(
        title=html.escape(told["title"], quote=False),
        body=told["selftext_html"] or "",
        url=f"https://www.reddit.com{told['permalink']}" if told["is_self"] else told["url"],
        published_at=datetime.fromtimestamp(told["created_utc"], UTC).isoformat(),
        pictures=tuple(str(image["source"]["url"]) for image in told.get("preview", {}).get("images", [])[:1]),
        points=max(0, int(told["score"])),
        comments=max(0, int(told["num_comments"])),
        adult=bool(told["over_18"]),
    )


@contextmanager
def _in_one_line(adapter: GuardedAdapter, listing: Listing) -> Iterator[None]:
    """Whatever PRAW raises, as one sentence and a cure."""
    from praw.exceptions import PRAWException
    from prawcore.exceptions import Forbidden, NotFound, OAuthException, PrawcoreException, Redirect, ResponseException

    name, later = f"r/{listing.subreddit}", "It is tried again later."
    try:
        yield
    except (Redirect, NotFound) as e:
        raise SourceError(f"There is no {name}.", "Check the spelling.") from e
    except Forbidden as e:
        raise SourceError(f"{name} is private or closed.", "Choose another subreddit.") from e
    except OAuthException as e:
        raise SourceError("Reddit does not know the studio's credentials.", "Check [reddit] in the settings.") from e
    except ResponseException as e:
        status, pause = e.response.status_code, retry_after(e.response.headers.get("retry-after", ""))
        if status == 401:
            raise SourceError(
                "Reddit does not know the studio's credentials.", "Check [reddit] in the settings."
            ) from e
        raise SourceError(f"Reddit answered about {name} with status {status}.", later, pause) from e
    except (PrawcoreException, PRAWException, AttributeError, LookupError, RecursionError, TypeError, ValueError) as e:
        trouble = adapter.trouble or SourceError(f"Reddit's answer about {name} makes no sense.", later)
        raise trouble from e
