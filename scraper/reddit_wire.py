"""Carries what PRAW asks over the guarded client: PRAW speaks `requests`, and this is the only network its session has."""

from __future__ import annotations

from typing import Any

import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict

from config.errors import SourceError
from scraper.fetch import Client


class GuardedAdapter(BaseAdapter):
    """One question, one answer; whatever the guard or the limits object to is remembered in `trouble`."""

    def __init__(self, client: Client) -> None:
        super().__init__()
        self._client = client
        self.trouble: SourceError | None = None

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        body = request.body if isinstance(request.body, str | bytes) else b""
        try:
            reply = self._client.exchange(
                request.method or "GET",
                request.url or "",
                {name: str(value) for name, value in request.headers.items()},
                body.encode("utf-8") if isinstance(body, str) else body,
                self._client.deadline(),
            )
            if reply.status == 200 and not reply.body:  # PRAW would take it for a listing without posts
                raise SourceError("Reddit answered with nothing.", "It is tried again later.")
        except SourceError as e:
            self.trouble = e
            raise requests.exceptions.InvalidURL(e.message, request=request) from e  # PRAW does not try this one again
        response = requests.Response()
        response.status_code = reply.status
        response.headers = CaseInsensitiveDict({k: v for k, v in reply.headers.items() if k != "content-encoding"})
        response._content = reply.body
        response.url, response.request, response.encoding = request.url or "", request, "utf-8"
        return response

    def close(self) -> None:
        """Nothing is kept open."""


def guarded_session(client: Client) -> tuple[requests.Session, GuardedAdapter]:
    """A session that knows no other way out: no proxies, no netrc, nothing from the environment."""
    session, adapter = requests.Session(), GuardedAdapter(client)
    session.trust_env = False
    session.adapters.clear()
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session, adapter
