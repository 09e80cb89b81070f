"""Coming in and going out: password, one-time link, sign out. Plain HTML forms: they work before any script runs."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from config.errors import Refused
from storage.people import close_session, open_session, stored_password, use_login_link
from storage.secrets import password_matches
from web.pages.login import login_page
from web.sessions import Visit, give_cookie, take_cookie
from web.studio import Studio
from web.theme.sheet import Sheet
from web.throttle import LoginThrottle

WRONG = "That name and password do not belong together."


def link_address(secret: str) -> str:
    """The path of a one-time login link."""
    return f"/enter/{secret}"


def login_router(studio: Studio, sheet: Sheet) -> APIRouter:
    router, throttle = APIRouter(include_in_schema=False), LoginThrottle()

    @router.get("/login")
    def show(request: Request, next: str = "/") -> Response:
        visit: Visit = request.state.visit
        if visit.person() is not None:
            return RedirectResponse(inside(next), 303)
        return HTMLResponse(login_page(sheet, next=inside(next)))

    @router.post("/login")
    def enter(
        request: Request,
        name: Annotated[str, Form(max_length=100)],
        password: Annotated[str, Form(max_length=1000)],
        next: Annotated[str, Form(max_length=500)] = "/",
    ) -> Response:
        name, address = name.strip().lower(), request.client.host if request.client else ""
        if wait := throttle.wait_s(address, name):
            text = f"Too many tries. Wait {wait} s, then try again."
            return HTMLResponse(login_page(sheet, name, inside(next), text), 429, {"Retry-After": str(wait)})
        with studio.reading() as db:
            stored = stored_password(db, name)
        if not password_matches(password, stored):
            throttle.failed(address, name)
            return HTMLResponse(login_page(sheet, name, inside(next), WRONG), 401)
        return _welcome(studio, name, inside(next))

    @router.get("/enter/{secret}")
    async def enter_by_link(request: Request, secret: str) -> Response:
        if "prefetch" in request.headers.get("sec-purpose", ""):
            return Response(status_code=204)  # a browser guessing ahead must not spend the link
        try:
            name = await asyncio.wrap_future(studio.writer.submit(partial(use_login_link, secret=secret)))
        except Refused as error:
            return HTMLResponse(login_page(sheet, error=str(error)), 410)
        return await asyncio.to_thread(_welcome, studio, name, "/")

    @router.post("/logout")
    def leave(request: Request) -> Response:
        visit: Visit = request.state.visit
        studio.writer.do(partial(close_session, token=visit.token))
        response = RedirectResponse("/login", 303)
        take_cookie(response, studio.settings.web)
        return response

    return router


def inside(path: str) -> str:
    """`path` if it leads to a page of ours, else the front page."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() else "/"


def _welcome(studio: Studio, name: str, path: str) -> Response:
    """A new session at every login: an old cookie is never promoted."""
    hours = studio.settings.web.session_hours
    token = studio.writer.do(partial(open_session, name=name, hours=hours))
    response = RedirectResponse(path, 303)
    give_cookie(response, token, studio.settings.web)
    return response
