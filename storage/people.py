"""Who may do what: users and their roles, login sessions, and one-time login links.

Commands take `db` first and are run by the writer; questions work on any connection.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Literal, get_args

from sqlite_utils import Database

from config.errors import Refused, UnknownName, UsageError
from storage.clock import now
from storage.documents import Frozen
from storage.runs import AUTOPILOT
from storage.secrets import new_secret, secret_hash

Role = Literal["viewer", "reviewer", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
"""Least to most: each may do all that the ones before it may."""

LINK_HOURS = 1


class Person(Frozen):
    """Somebody who has an account."""

    name: str
    role: Role

    def may(self, role: Role) -> bool:
        return ROLES.index(self.role) >= ROLES.index(role)


# ── users ─────────────────────────────────────────────────────────────────────────────────────────


def create_user(db: Database, name: str, role: Role, password_hash: str = "") -> Person:
    """Without a password the account is entered by one-time links only. Raises UsageError, UnknownName."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,31}", name):
        raise UsageError(f"“{name}” cannot be a user name.", "Use up to 32 small letters, digits, dots or dashes.")
    if name == AUTOPILOT:
        raise UsageError(f"“{name}” is who orders clips by itself.", "Choose another name.")
    if role not in ROLES:
        raise UnknownName("role", role, list(ROLES))
    if _exists(db, name):
        raise UsageError(f"There is already a user “{name}”.", "Choose another name.")
    db.execute("INSERT INTO users VALUES (?, ?, ?, ?, NULL)", [name, role, password_hash, now()])
    return Person(name=name, role=role)


def set_password(db: Database, name: str, password_hash: str, keep_session: str = "") -> None:
    """Whoever was logged in elsewhere is logged out. `keep_session` is the token of the session that asked."""
    _must_exist(db, name)
    db.execute("UPDATE users SET password_hash = ? WHERE name = ?", [password_hash, name])
    close_sessions(db, name, keep_session)


def set_role(db: Database, name: str, role: Role) -> None:
    """Takes effect at once, also on pages that are open."""
    if role not in ROLES:
        raise UnknownName("role", role, list(ROLES))
    _must_exist(db, name)
    db.execute("UPDATE users SET role = ? WHERE name = ?", [role, name])


def disable_user(db: Database, name: str) -> None:
    """Close an account; what this person decided stays on record."""
    _must_exist(db, name)
    db.execute("UPDATE users SET disabled_at = ? WHERE name = ? AND disabled_at IS NULL", [now(), name])
    close_sessions(db, name)


def list_people(db: Database) -> list[Person]:
    rows = db.execute("SELECT name, role FROM users WHERE disabled_at IS NULL ORDER BY name").fetchall()
    return [Person(name=name, role=role) for name, role in rows]


def find_person(db: Database, name: str) -> Person | None:
    row = db.execute("SELECT name, role FROM users WHERE name = ? AND disabled_at IS NULL", [name]).fetchone()
    return Person(name=row[0], role=row[1]) if row else None


def stored_password(db: Database, name: str) -> str:
    """The password's hash, or "" when there is no such user or no password."""
    row = db.execute("SELECT password_hash FROM users WHERE name = ? AND disabled_at IS NULL", [name]).fetchone()
    return str(row[0]) if row else ""


# ── sessions ──────────────────────────────────────────────────────────────────────────────────────


def open_session(db: Database, name: str, hours: int) -> str:
    """Log somebody in. Returns the token for their browser; only its hash is stored."""
    _must_exist(db, name)
    token = new_secret()
    db.execute("INSERT INTO sessions VALUES (?, ?, ?, ?, NULL)", [secret_hash(token), name, now(), _in_hours(hours)])
    return token


def close_session(db: Database, token: str) -> None:
    db.execute("UPDATE sessions SET revoked_at = ? WHERE hash = ? AND revoked_at IS NULL", [now(), secret_hash(token)])


def close_sessions(db: Database, name: str, keep: str = "") -> None:
    """Log a person out everywhere, but for the session with the token `keep`."""
    db.execute(
        "UPDATE sessions SET revoked_at = ? WHERE user = ? AND revoked_at IS NULL AND hash <> ?",
        [now(), name, secret_hash(keep)],
    )


def person_in_session(db: Database, token: str) -> Person | None:
    """Who this browser belongs to, unless the session ended or the account was closed."""
    row = db.execute(
        """SELECT u.name, u.role FROM sessions s JOIN users u ON u.name = s.user
           WHERE s.hash = ? AND s.revoked_at IS NULL AND s.expires_at > ? AND u.disabled_at IS NULL""",
        [secret_hash(token), now()],
    ).fetchone()
    return Person(name=row[0], role=row[1]) if row else None


# ── one-time links ────────────────────────────────────────────────────────────────────────────────


def create_login_link(db: Database, name: str) -> str:
    """A secret that logs this user in once, within the hour. Earlier unused links stop working."""
    _must_exist(db, name)
    db.execute("DELETE FROM login_links WHERE user = ? AND used_at IS NULL", [name])
    secret = new_secret()
    db.execute("INSERT INTO login_links VALUES (?, ?, ?, NULL)", [secret_hash(secret), name, _in_hours(LINK_HOURS)])
    return secret


def use_login_link(db: Database, secret: str) -> str:
    """Spend a link. Returns the user's name. Raises Refused when it was used, is too old, or never was."""
    row = db.execute(
        """UPDATE login_links SET used_at = ? WHERE hash = ? AND used_at IS NULL AND expires_at > ?
           AND user IN (SELECT name FROM users WHERE disabled_at IS NULL) RETURNING user""",
        [now(), secret_hash(secret), now()],
    ).fetchone()
    if row is None:
        raise Refused(
            "This link was used already, or is older than an hour.", "Make another with: python run.py user reset"
        )
    return str(row[0])


def _exists(db: Database, name: str) -> bool:
    return db.execute("SELECT 1 FROM users WHERE name = ?", [name]).fetchone() is not None


def _must_exist(db: Database, name: str) -> None:
    if find_person(db, name) is None:
        raise UnknownName("user", name, [person.name for person in list_people(db)])


def _in_hours(hours: int) -> str:
    moment = datetime.fromisoformat(now()) + timedelta(hours=hours)
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
