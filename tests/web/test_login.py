"""Coming in by password or by link, and going out."""

from __future__ import annotations

import httpx
import pytest
import time_machine

from storage.people import create_login_link
from tests.support.studio import PASSWORD, SmallStudio
from tests.web.conftest import Login
from web.login import inside, link_address
from web.sessions import COOKIE
from web.throttle import LoginThrottle


def sign_in(client: httpx.Client, name: str, password: str = PASSWORD, next: str = "/") -> httpx.Response:
    return client.post("/login", data={"name": name, "password": password, "next": next})


def test_the_right_password_opens_a_session_in_a_guarded_cookie(stranger: httpx.Client) -> None:
    answer = sign_in(stranger, " Ana ", next="/exports")
    assert (answer.status_code, answer.headers["location"]) == (303, "/exports")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Max-Age=43200" in cookie
    assert stranger.get("/login").headers["location"] == "/"


@pytest.mark.parametrize(("name", "password"), [("ana", "wrong"), ("nobody", PASSWORD), ("ana", ""), ("", PASSWORD)])
def test_anything_else_says_only_that_it_is_wrong(stranger: httpx.Client, name: str, password: str) -> None:
    answer = sign_in(stranger, name, password)
    assert answer.status_code in (401, 422)
    assert "set-cookie" not in answer.headers
    if answer.status_code == 401:
        assert "do not belong together" in answer.text


def test_a_name_is_shown_again_as_text(stranger: httpx.Client) -> None:
    answer = sign_in(stranger, '"><script>alert(1)</script>', "x")
    assert "<script>alert" not in answer.text


def test_every_login_gets_a_session_of_its_own(login: Login) -> None:
    one, other = login("ana"), login("ana")
    assert one.cookies[COOKIE] != other.cookies[COOKIE]
    one.post("/logout")
    assert one.get("/api/v1/clips").status_code == 401
    assert other.get("/api/v1/clips").status_code == 200


def test_signing_out_takes_the_cookie_back(login: Login) -> None:
    ana = login("ana")
    token = ana.cookies[COOKIE]
    answer = ana.post("/logout")
    assert answer.headers["location"] == "/login"
    assert COOKIE not in ana.cookies
    assert ana.get("/api/v1/clips", headers={"Cookie": f"{COOKIE}={token}"}).status_code == 401


class TestLinks:
    def test_sign_in_once(self, stranger: httpx.Client, small: SmallStudio) -> None:
        path = link_address(small.writer.do(lambda db: create_login_link(db, "ana")))
        assert stranger.get(path).status_code == 303
        assert stranger.get("/api/v1/clips").status_code == 200
        again = stranger.get(path)
        assert again.status_code == 410
        assert "used already" in again.text

    def test_are_not_spent_by_a_browser_that_guesses_ahead(self, stranger: httpx.Client, small: SmallStudio) -> None:
        path = link_address(small.writer.do(lambda db: create_login_link(db, "ana")))
        assert stranger.get(path, headers={"Sec-Purpose": "prefetch;prerender"}).status_code == 204
        assert stranger.get(path).status_code == 303

    @pytest.mark.parametrize("secret", ["x", "%00", "..", "a" * 3000])
    def test_that_never_were_open_nothing(self, stranger: httpx.Client, secret: str) -> None:
        answer = stranger.get(f"/enter/{secret}")
        assert answer.status_code in (401, 404, 410)
        assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/exports", True), ("/clip/x?a=b", True), ("//evil.example", False), ("/\\evil.example", False),
        ("https://evil.example", False), ("javascript:alert(1)", False), ("/a\nSet-Cookie: x=y", False), ("", False),
    ],
)  # fmt: skip
def test_after_login_one_lands_inside_the_house(path: str, kept: bool) -> None:
    assert inside(path) == (path if kept else "/")


class TestThrottle:
    def test_slows_down_whoever_guesses_one_name(self) -> None:
        throttle = LoginThrottle()
        for _ in range(5):
            assert throttle.wait_s("1.2.3.4", "ana") == 0
            throttle.failed("1.2.3.4", "ana")
        assert throttle.wait_s("1.2.3.4", "ana") > 0
        assert throttle.wait_s("1.2.3.4", "bo") == 0
        assert throttle.wait_s("5.6.7.8", "ana") == 0

    def test_slows_down_whoever_guesses_many_names(self) -> None:
        throttle = LoginThrottle()
        for number in range(30):
            throttle.failed("1.2.3.4", f"user{number}")
        assert throttle.wait_s("1.2.3.4", "somebody") > 0

    def test_forgives_after_a_minute(self) -> None:
        with time_machine.travel("2026-11-20T08:00:00+00:00", tick=False) as clock:
            throttle = LoginThrottle()
            for _ in range(5):
                throttle.failed("1.2.3.4", "ana")
            assert throttle.wait_s("1.2.3.4", "ana") > 0
            clock.shift(61)
            assert throttle.wait_s("1.2.3.4", "ana") == 0

    def test_says_how_long_to_wait(self, stranger: httpx.Client) -> None:
        answers = [sign_in(stranger, "victim", "wrong") for _ in range(6)]
        assert [answer.status_code for answer in answers] == [401] * 5 + [429]
        assert int(answers[-1].headers["retry-after"]) > 0
        assert "Too many tries" in answers[-1].text
