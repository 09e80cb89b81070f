"""The guard at the door. Pure ASGI, because only so does it see websockets too.

Nothing is served to strangers but the login page, one-time links, the health probe, our own static files, and a show's
feed to whoever has its address.
Whatever changes something, and everything on the websocket's path, must come from our own pages (Origin).
"""

from __future__ import annotations

import sys
from urllib.parse import quote, urlsplit

from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.sessions import Visit, cookie_token
from web.studio import Studio

OPEN = ("/login", "/healthz", "/readyz", "/favicon.ico")
OPEN_BELOW = ("/enter/", "/static/", "/feed/")
TOKENS_BELOW, TOKENS_AT = "/api/", "/metrics"
"""Here a bearer token may stand in for a session; `web.api.auth` checks it."""
SOCKET_BELOW = "/_nicegui_ws/"
SAFE = ("GET", "HEAD", "OPTIONS")
UPLOADS_BELOW = "/_nicegui/client/"
UPLOADS_OF_PROGRAMS = "/api/v1/uploads"
"""Here bodies are counted as they are written to disk, after it is known who sends them (`web.api.uploads`)."""
STRANGERS_BODY, BODY, UPLOAD = 16 * 1024, 4 * 1024 * 1024, 13 * 1024 * 1024
"""Largest request bodies, in bytes."""


class Guard:
    """Lets requests through, or answers them itself. Puts the `Visit` into `request.state.visit`."""

    def __init__(self, app: ASGIApp, studio: Studio) -> None:
        self._app, self._studio = app, studio

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        visit = Visit(self._studio, cookie_token(scope["headers"]))
        known = visit.person() is not None
        scope.setdefault("state", {})["visit"] = visit
        if foreign(scope):
            await _answer(scope, receive, send, 403, "This request came from another site.")
        elif known or is_open(scope):
            most = BODY if known or scope["path"].startswith(TOKENS_BELOW) else STRANGERS_BODY
            if known and scope["path"].startswith(UPLOADS_BELOW):
                most = UPLOAD
            if scope["path"] == UPLOADS_OF_PROGRAMS:
                most = sys.maxsize
            if _announced(scope) > most:
                await _answer(scope, receive, send, 413, f"At most {most:,} bytes are taken.")
            else:
                await self._app(scope, _limited(receive, most), send)
        elif scope["type"] == "http" and _wants_page(scope):
            await RedirectResponse(f"/login?next={quote(_address(scope), safe='')}", 303)(scope, receive, send)
        else:
            await _answer(scope, receive, send, 401, "Sign in first.")


def is_open(scope: Scope) -> bool:
    """Whether a stranger may ask this. API calls with a token pass here; the API looks at the token."""
    if scope["type"] != "http":
        return False
    path: str = scope["path"]
    if path.startswith(TOKENS_BELOW) or path == TOKENS_AT:
        return HTTPConnection(scope).headers.get("authorization", "").lower().startswith("bearer ")
    return path in OPEN or path.startswith(OPEN_BELOW)


def foreign(scope: Scope) -> bool:
    """Whether another site's page sent this, where that matters.

    The websocket's path counts whole: its server answers reads from any origin (CORS `*`), credentials included.
    """
    on_socket = scope["type"] == "websocket" or scope["path"].startswith(SOCKET_BELOW)
    if not on_socket and scope["method"] in SAFE:
        return False
    headers = HTTPConnection(scope).headers
    origin = headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != headers.get("host"):
        return True
    return headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")


def _announced(scope: Scope) -> int:
    """The length that a request claims to have."""
    length = HTTPConnection(scope).headers.get("content-length", "0")
    return int(length) if length.isdecimal() else 0


def _limited(receive: Receive, most: int) -> Receive:
    """`receive`, until a body without a length grows too large: then the client is as good as gone."""
    seen = 0

    async def limited() -> Message:
        nonlocal seen
        message = await receive()
        if message["type"] == "http.request":
            seen += len(message.get("body", b""))
            if seen > most:
                return {"type": "http.disconnect"}
        return message

    return limited


def _wants_page(scope: Scope) -> bool:
    return scope["method"] == "GET" and "text/html" in HTTPConnection(scope).headers.get("accept", "")


def _address(scope: Scope) -> str:
    query = scope["query_string"].decode("latin-1")
    return str(scope["path"]) + (f"?{query}" if query else "")


async def _answer(scope: Scope, receive: Receive, send: Send, status: int, detail: str) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 4403})
        return
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else None
    response: Response = JSONResponse(
        {"type": "about:blank", "title": detail, "status": status}, status,
        headers=headers, media_type="application/problem+json",
    )  # fmt: skip
    await response(scope, receive, send)
