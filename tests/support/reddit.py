"""Reddit on this machine: its token endpoint and its listings, in the words of the real API (reddit.com/dev/api)."""

from __future__ import annotations

import base64
import json
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

from scraper.keys import Key, Keys
from tests.support.small_web import Web

KEYS = Keys(reddit=Key("127.0.0.1", "an-id", "a-secret"))
TOKEN = "a-token"


def post(title: str = "Ferry at night", **changes: Any) -> dict[str, Any]:
    """A submission (`t3`), with the fields that clients rely on."""
    number = changes.get("id", "abc123")
    data = {
        "id": number, "name": f"t3_{number}", "title": title, "selftext": "It sails.", "is_self": True,
        "selftext_html": "<!-- SC_OFF --><div class=\"md\"><p>It sails &amp; sings.</p></div><!-- SC_ON -->",
        "permalink": f"/r/harbour/comments/{number}/ferry_at_night/", "score": 812, "num_comments": 64, "stickied": False,
        "url": f"https://www.reddit.com/r/harbour/comments/{number}/ferry_at_night/", "created_utc": 1795157400.0,
        "over_18": False, "subreddit": "harbour", "author": "someone", "upvote_ratio": 0.97,
    }  # fmt: skip
    return {"kind": "t3", "data": {**data, **changes}}


class RedditServer:
    """Plays `www.` and `oauth.reddit.com` on one small web."""

    def __init__(self, web: Web, *posts: dict[str, Any]) -> None:
        self.web, self.posts, self.queries = web, posts, list[dict[str, list[str]]]()
        web.pages["/api/v1/access_token"] = self.token

    def token(self, handler: BaseHTTPRequestHandler) -> None:
        told = base64.b64decode(str(handler.headers["Authorization"]).removeprefix("Basic ")).decode()
        known = told == "an-id:a-secret"
        right = {"access_token": TOKEN, "token_type": "bearer", "expires_in": 86400, "scope": "*"}
        self.answer(handler, 200 if known else 401, right if known else {"message": "Unauthorized", "error": 401})

    def listing(self, path: str, status: int = 200, **headers: str) -> None:
        def play(handler: BaseHTTPRequestHandler) -> None:
            self.queries.append(parse_qs(urlsplit(handler.path).query))
            if handler.headers["Authorization"] != f"bearer {TOKEN}":
                return self.answer(handler, 401, {"message": "Unauthorized", "error": 401})
            data = {"after": None, "dist": len(self.posts), "modhash": "", "children": list(self.posts), "before": None}
            return self.answer(handler, status, {"kind": "Listing", "data": data}, **headers)

        self.web.pages[path] = play

    @staticmethod
    def answer(handler: BaseHTTPRequestHandler, status: int, what: object, **headers: str) -> None:
        body = json.dumps(what).encode()
        limits = {"X-Ratelimit-Remaining": "99.0", "X-Ratelimit-Used": "1", "X-Ratelimit-Reset": "300"}
        handler.send_response(status)
        for name, value in {"Content-Type": "application/json; charset=UTF-8", "Content-Length": str(len(body)), **limits, **headers}.items():  # fmt: skip
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)
