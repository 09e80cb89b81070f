"""API tokens: who made them, what they may do, when they were last used. Only their hashes are stored."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Literal, get_args

from sqlite_utils import Database

from config.errors import UnknownName, UsageError
from storage.canonical import canonical_json
from storage.clock import now
from storage.documents import Frozen
from storage.ids import new_id
from storage.people import Role, find_person
from storage.secrets import new_secret, secret_hash

Scope = Literal["read", "produce", "review", "export", "admin"]
SCOPES: tuple[Scope, ...] = get_args(Scope)

SCOPES_OF: dict[Role, frozenset[Scope]] = {
    "viewer": frozenset({"read"}),
    "reviewer": frozenset({"read", "produce", "review", "export"}),
    "admin": frozenset(SCOPES),
}
"""What a role may hand to a token: nobody's token may do more than they may."""


class Token(Frozen):
    id: str
    name: str
    scopes: tuple[Scope, ...]
    user: str
    created_at: str
    last_used_at: str | None = None


def create_token(db: Database, name: str, user: str, scopes: Iterable[Scope]) -> tuple[Token, str]:
    """Returns the token's facts, and the secret, which is shown once. Raises UnknownName, UsageError."""
    person = find_person(db, user)
    if person is None:
        raise UnknownName("user", user, [])
    wanted = frozenset(scopes)
    if unknown := wanted - frozenset(SCOPES):
        raise UnknownName("scope", sorted(unknown)[0], list(SCOPES))
    if not wanted or not name.strip():
        raise UsageError("A token needs a name and at least one scope.", f"Scopes: {', '.join(SCOPES)}.")
    if excess := wanted - SCOPES_OF[person.role]:
        raise UsageError(
            f"A {person.role} cannot give the scope “{sorted(excess)[0]}”.", "Ask an admin for that token."
        )
    secret = new_secret("dly_")
    token = Token(
        id=new_id(), name=name.strip(), scopes=tuple(s for s in SCOPES if s in wanted), user=user, created_at=now()
    )
    db.execute(
        "INSERT INTO tokens VALUES (?, ?, ?, ?, ?, ?, NULL, NULL)",
        [token.id, token.name, secret_hash(secret), canonical_json(list(token.scopes)), user, token.created_at],
    )
    return token, secret


def revoke_token(db: Database, token_id: str) -> None:
    """Raises UnknownName."""
    if (
        db.execute("UPDATE tokens SET revoked_at = coalesce(revoked_at, ?) WHERE id = ?", [now(), token_id]).rowcount
        == 0
    ):
        raise UnknownName("token", token_id, [])


def note_token_use(db: Database, token_id: str) -> None:
    db.execute("UPDATE tokens SET last_used_at = ? WHERE id = ?", [now(), token_id])


def find_token(db: Database, secret: str) -> Token | None:
    """The token with this secret, with what its maker may still do; None when it or its maker is gone."""
    row = db.execute(
        """SELECT t.id, t.name, t.scopes, t.user, t.created_at, t.last_used_at, u.role FROM tokens t
           JOIN users u ON u.name = t.user AND u.disabled_at IS NULL WHERE t.hash = ? AND t.revoked_at IS NULL""",
        [secret_hash(secret)],
    ).fetchone()
    if row is None:
        return None
    allowed = SCOPES_OF[row[6]]
    return _token(*row[:6]).model_copy(update={"scopes": tuple(s for s in json.loads(row[2]) if s in allowed)})


def list_tokens(db: Database) -> list[Token]:
    """Those that still work, newest first."""
    rows = db.execute(
        "SELECT id, name, scopes, user, created_at, last_used_at FROM tokens WHERE revoked_at IS NULL ORDER BY id DESC"
    ).fetchall()
    return [_token(*row) for row in rows]


def _token(token_id: str, name: str, scopes: str, user: str, created_at: str, last_used_at: str | None) -> Token:
    return Token(
        id=token_id,
        name=name,
        scopes=tuple(json.loads(scopes)),
        user=user,
        created_at=created_at,
        last_used_at=last_used_at,
    )
