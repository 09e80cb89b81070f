"""All of `/api/v1`, and how its errors look."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from config.errors import DailiesError
from web.api.auth import admitted
from web.api.budget import Budget
from web.api.clips import clips_router
from web.api.decisions import decisions_router
from web.api.exports import exports_router
from web.api.health import health_router
from web.api.presenters import presenters_router
from web.api.problems import MEDIA_TYPE, on_dailies_error, on_http_error, on_invalid_request
from web.api.topics import topics_router
from web.api.trash import trash_router
from web.api.uploads import uploads_router
from web.api.voices import voices_router
from web.api.webhooks import webhooks_router
from web.desk import Desk

PARTS: tuple[Callable[[Desk], APIRouter], ...] = (
    clips_router, decisions_router, exports_router, topics_router, voices_router, health_router, uploads_router,
    webhooks_router, presenters_router, trash_router,
)  # fmt: skip

PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "what happened"},
        "cure": {"type": "string", "description": "what to do about it"},
        "errors": {"type": "array", "items": {"type": "object"}, "description": "each fault of the request, and where"},
    },
}
PROBLEMS: dict[int | str, dict[str, Any]] = {
    code: {"description": words, "content": {MEDIA_TYPE: {"schema": PROBLEM}}}
    for code, words in {
        400: "Not a request that can be read", 401: "No valid token", 403: "The token lacks the scope", 404: "No such thing",
        409: "Refused, as things stand", 422: "The request makes no sense", 429: "Too many requests: see Retry-After",
        503: "The studio cannot do it now",
    }.items()
}  # fmt: skip
ABOUT = """What other programs may do with a studio.

**Tokens**: `Authorization: Bearer …`, with scopes (read, produce, review, export, admin). **Errors** are problem details
(RFC 9457) with a `cure`. **Sent twice**: a POST with an `Idempotency-Key` takes effect once within 30 days. **Read
again**: a GET answers 304 to `If-None-Match`; what would overwrite wants `If-Match`. **Lists** come in pages, newest
first: `before` takes the `next` of the page before. **Budget**: `RateLimit` says what is left of it."""


def api_router(desk: Desk) -> APIRouter:
    budget = Budget(desk.studio.settings.api.per_minute)
    ours = APIRouter(prefix="/v1", responses=PROBLEMS, dependencies=[Depends(admitted(desk.studio, budget))])
    parts = [part(desk) for part in PARTS]
    for part in parts:
        ours.include_router(part)
    router = APIRouter(prefix="/api")
    router.include_router(ours)

    @router.api_route("/{rest:path}", methods=["GET", "POST", "PUT", "PATCH", "DELETE"], include_in_schema=False)
    def nothing_here(rest: str, request: Request) -> None:
        """Not in the way of a route that knows this path, but not this method."""
        known = [route for part in parts for route in part.routes if isinstance(route, APIRoute)]
        fitting = [route.methods or set() for route in known if route.path_regex.match(f"/{rest.removeprefix('v1/')}")]
        if allowed := sorted({method for methods in fitting for method in methods}):
            raise HTTPException(405, f"{request.method} is not for /api/{rest}.", {"Allow": ", ".join(allowed)})
        raise HTTPException(404, f"There is no /api/{rest}.")

    return router


def describe_problems(app: FastAPI) -> None:
    """Errors of every route of ours become problem details."""
    app.add_exception_handler(DailiesError, on_dailies_error)
    app.add_exception_handler(HTTPException, on_http_error)
    app.add_exception_handler(RequestValidationError, on_invalid_request)
