"""Errors of the API as problem details (RFC 9457): what happened, and the cure."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from config.errors import BadInput, Corrupt, DailiesError, Refused, StudioError, Unacknowledged, UnknownName, UsageError

MEDIA_TYPE = "application/problem+json"
STATUS: tuple[tuple[type[DailiesError], int], ...] = (
    (UnknownName, 404),
    (UsageError, 422),
    (BadInput, 422),
    (Refused, 409),
    (Corrupt, 409),
    (StudioError, 503),
    (DailiesError, 500),
)


def problem(
    status: int, detail: str, cure: str = "", headers: dict[str, str] | None = None, **more: Any
) -> JSONResponse:
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    if cure:
        body["cure"] = cure
    return JSONResponse(body, status, headers=headers, media_type=MEDIA_TYPE)


async def on_dailies_error(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, DailiesError)
    status = next(code for kind, code in STATUS if isinstance(error, kind))
    if isinstance(error, Unacknowledged):
        return problem(status, error.message, error.cure, parts=list(error.parts))
    return problem(status, error.message, error.cure)


async def on_http_error(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    return problem(error.status_code, str(error.detail), headers=dict(error.headers or {}))


async def on_invalid_request(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    faults = [{"at": ".".join(str(part) for part in fault["loc"]), "message": fault["msg"]} for fault in error.errors()]
    return problem(422, f"{faults[0]['at']}: {faults[0]['message']}", "Mend the request.", errors=faults)
