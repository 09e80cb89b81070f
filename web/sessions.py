"""Who is at the door: the session cookie, and whoever it belongs to at this very moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie

from fastapi import Response

from config.errors import Refused
from config.settings import Web
from storage.people import Person, Role, person_in_session
from web.studio import Studio

COOKIE = "dailies_session"


@dataclass(frozen=True)
class Visit:
    """One browser's session. Pages keep it, and ask again who it is in every event handler."""

    studio: Studio
    token: str

    def person(self) -> Person | None:
        """Whoever is logged in now; None when the session ended, was revoked, or the account closed."""
        if not self.token:
            return None
        with self.studio.reading() as db:
            return person_in_session(db, self.token)

    def must(self, role: Role = "viewer") -> Person:
        """The person, if they may do what this role may. Raises Refused."""
        person = self.person()
        if person is None:
            raise Refused("Your session has ended.", "Sign in again.")
        if not person.may(role):
            raise Refused(f"This is for a {role}; you are a {person.role}.", "Ask an admin to change your role.")
        return person


def cookie_token(headers: Iterable[tuple[bytes, bytes]]) -> str:
    """The session token in a request's raw headers, or ""."""
    for name, value in headers:
        if name == b"cookie":
            try:
                found = SimpleCookie(value.decode("latin-1")).get(COOKIE)
            except CookieError:
                continue
            if found:
                return found.value
    return ""


def give_cookie(response: Response, token: str, settings: Web) -> None:
    """SameSite=Lax: links from elsewhere lead into the desk, forms from elsewhere do not (and the guard checks Origin)."""
    response.set_cookie(
        COOKIE, token, max_age=settings.session_hours * 3600, path="/", httponly=True, samesite="lax",
        secure=settings.secure_cookies,
    )  # fmt: skip


def take_cookie(response: Response, settings: Web) -> None:
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax", secure=settings.secure_cookies)
