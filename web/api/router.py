"""All of `/api/v1`, and how its errors look."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from config.errors import DailiesError
from web.api.clips import clips_router
from web.api.decisions import decisions_router
from web.api.exports import exports_router
from web.api.problems import MEDIA_TYPE, on_dailies_error, on_http_error, on_invalid_request
from web.api.topics import topics_router
from web.api.voices import voices_router
from web.desk import Desk

PROBLEMS: dict[int | str, dict[str, Any]] = {
    code: {"description": words, "content": {MEDIA_TYPE: {}}}
    for code, words in {
        401: "No valid token", 403: "The token lacks the scope", 404: "No such thing", 422: "The request makes no sense",
    }.items()
}  # fmt: skip


def api_router(desk: Desk) -> APIRouter:
    router = APIRouter(prefix="/api")
    router.include_router(clips_router(desk), prefix="/v1", responses=PROBLEMS)
    router.include_router(decisions_router(desk), prefix="/v1", responses=PROBLEMS)
    router.include_router(exports_router(desk), prefix="/v1", responses=PROBLEMS)
    router.include_router(topics_router(desk), prefix="/v1", responses=PROBLEMS)
    router.include_router(voices_router(desk), prefix="/v1", responses=PROBLEMS)

    @router.api_route("/{rest:path}", methods=["GET", "POST", "PUT", "PATCH", "DELETE"], include_in_schema=False)
    def nothing_here(rest: str) -> None:
        raise HTTPException(404, f"There is no /api/{rest}.")

    return router


def describe_problems(app: FastAPI) -> None:
    """Errors of every route of ours become problem details."""
    app.add_exception_handler(DailiesError, on_dailies_error)
    app.add_exception_handler(HTTPException, on_http_error)
    app.add_exception_handler(RequestValidationError, on_invalid_request)
