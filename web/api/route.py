"""What every route of the API does beside its own work: it tells the budget, and spares who has the answer already."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.routing import APIRoute

from storage.documents import Frozen

UNCHANGED: dict[int | str, dict[str, Any]] = {304: {"description": "As it was (If-None-Match)"}}


class ApiRoute(APIRoute):
    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        if "GET" in (options.get("methods") or ()):
            options["responses"] = {**UNCHANGED, **(options.get("responses") or {})}
        super().__init__(path, endpoint, **options)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handled(request: Request) -> Response:
            answer = await handle(request)
            for name, value in told(request).items():
                answer.headers[name] = value
            return answer if request.method != "GET" else tagged(request, answer)

        return handled


def router_of(tag: str) -> APIRouter:
    """A router whose routes are ours."""
    return APIRouter(tags=[tag], route_class=ApiRoute)


def told(request: Request) -> dict[str, str]:
    """The headers that say what is left of the caller's budget; none before it is known who calls."""
    headers: dict[str, str] = getattr(request.state, "budget", {})
    return headers


def tagged(request: Request, answer: Response) -> Response:
    """The answer with its entity tag, or “unchanged” to whoever named that tag (RFC 9110, 13.1.2)."""
    if answer.status_code != 200:
        return answer
    if answer.headers.get("content-type") == "application/json" and "etag" not in answer.headers:
        answer.headers["ETag"] = f'"{hashlib.sha256(bytes(answer.body)).hexdigest()[:32]}"'
    tag = answer.headers.get("etag")
    if tag is None or not names(request.headers.get("if-none-match", ""), tag):
        return answer
    kept = {name: value for name, value in answer.headers.items() if name in KEPT}
    return Response(status_code=304, headers=kept)


KEPT = ("etag", "cache-control", "ratelimit", "ratelimit-policy")
"""Headers of a 304."""


def etag_of(view: Frozen) -> str:
    """The entity tag of what somebody may want to overwrite."""
    return f'"{hashlib.sha256(view.model_dump_json().encode()).hexdigest()[:32]}"'


def must_match(if_match: str, tag: str) -> None:
    """Whoever overwrites must have seen what is there (RFC 9110, 13.1.1; RFC 6585, 3). Raises HTTPException."""
    if not if_match:
        raise HTTPException(428, "Say what you have seen: If-Match with the ETag of your last read.")
    if not names(if_match, tag, strong=True):
        raise HTTPException(412, "It changed since you read it. Read it again first.")


def names(header: str, tag: str, *, strong: bool = False) -> bool:
    """Whether a list of entity tags names this one; weak ones only count where that is enough."""
    listed = [one.strip() for one in header.split(",")]
    return "*" in listed or tag in listed or (not strong and f"W/{tag}" in listed)
