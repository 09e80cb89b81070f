"""`Idempotency-Key`: a request that is sent again with the same key returns what came of the first one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Annotated

from fastapi import Depends, Header, Request
from sqlite_utils import Database

from storage.requests import once, result_of
from storage.writer import Command
from web.api.auth import Caller
from web.studio import Studio

Key = Annotated[str, Header(alias="Idempotency-Key", max_length=200, description="sent again, nothing is done twice")]


@dataclass(frozen=True)
class Once:
    """One request as it may be sent again. `fingerprint` says whether it is the same one."""

    key: str
    fingerprint: str

    def do(self, studio: Studio, caller: Caller, command: Command[str]) -> tuple[str, bool]:
        """Have the writer run a command once: its effect and its result are one transaction. Returns (result, was it now)."""
        return studio.writer.do(
            partial(once, command=command, user=caller.user, key=self.key, request=self.fingerprint)
        )

    def after(self, studio: Studio, caller: Caller, effect: Callable[[], str]) -> tuple[str, bool]:
        """As `do`, for what is no single command and does no harm twice: a crash in between, and it is done again."""
        if not self.key:
            return effect(), True
        with studio.reading() as db:
            before = result_of(db, user=caller.user, key=self.key, request=self.fingerprint)
        if before is not None:
            return before, False
        result = effect()
        return self.do(studio, caller, lambda _db: result)[0], True


async def sent_once(request: Request, key: Key = "") -> Once:
    """The request at hand. A dependency."""
    body = await request.body()
    return Once(key, fingerprint(request, hashlib.sha256(body).hexdigest()))


SentOnce = Annotated[Once, Depends(sent_once)]


def fingerprint(request: Request, body: str) -> str:
    """`body`: its sha256."""
    target = f"{request.method} {request.url.path}?{request.url.query}"
    return hashlib.sha256(f"{target}\n{body}".encode()).hexdigest()


def done(db: Database, command: Callable[[Database], object]) -> str:
    """A command whose effect is all there is to tell."""
    command(db)
    return ""
