"""Who calls the API, and what they may do: a bearer token's scopes, or the role of whoever is signed in at the desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from fastapi import Depends, HTTPException, Request
from fastapi.security import HTTPBearer

from storage.clock import now
from storage.tokens import SCOPES_OF, Scope, Token, find_token, note_token_use
from web.api.budget import Budget
from web.sessions import Visit
from web.studio import Studio

NOTED_EVERY = timedelta(minutes=1)
"""A token's last use is written down at most this often."""


@dataclass(frozen=True)
class Caller:
    """Who is responsible for a call. `token` is the token's id, or "" for somebody at the desk."""

    user: str
    scopes: frozenset[Scope]
    token: str = ""


def admitted(studio: Studio, budget: Budget) -> Callable[..., None]:
    """A dependency of all routes: who calls, and whether they may ask once more. Answers 401 or 429."""

    def admit(request: Request, _described: object = Depends(HTTPBearer(auto_error=False))) -> None:
        caller = _by_token(request, studio) or _by_session(request)
        if caller is None:
            raise HTTPException(401, "This needs a token: Authorization: Bearer …", {"WWW-Authenticate": "Bearer"})
        request.state.budget = budget.spend(caller.token or f"user {caller.user}")
        request.state.caller = caller

    return admit


def needs(scope: Scope, _studio: Studio) -> Callable[..., Caller]:
    """A dependency: the caller, if they have this scope. Answers 403."""

    def caller_of(request: Request) -> Caller:
        caller: Caller = request.state.caller
        if scope not in caller.scopes and "admin" not in caller.scopes:
            raise HTTPException(403, f"This needs the scope “{scope}”.")
        return caller

    return caller_of


def _by_token(request: Request, studio: Studio) -> Caller | None:
    kind, _, secret = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer":
        return None
    with studio.reading() as db:
        token = find_token(db, secret.strip())
    if token is None:
        raise HTTPException(
            401, "This token is unknown or revoked.", {"WWW-Authenticate": 'Bearer error="invalid_token"'}
        )
    if _stale(token):
        studio.writer.submit(partial(note_token_use, token_id=token.id))
    return Caller(token.user, frozenset(token.scopes), token.id)


def _by_session(request: Request) -> Caller | None:
    visit: Visit = request.state.visit
    person = visit.person()
    return Caller(person.name, SCOPES_OF[person.role]) if person else None


def _stale(token: Token) -> bool:
    if token.last_used_at is None:
        return True
    return datetime.fromisoformat(now()) - datetime.fromisoformat(token.last_used_at) > NOTED_EVERY
