"""Nothing is readable without login, nothing changes from another site, and no foreign script runs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import httpx
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from storage.people import close_sessions, disable_user
from tests.support.studio import SmallStudio
from tests.web.conftest import Login
from web.sessions import COOKIE

EVIL = "http://evil.example"
PRIVATE = (
    "/", "/exports", "/clip/x", "/clip/x/edit", "/media/x/" + "0" * 64, "/api/v1/clips", "/api/v1/exports", "/api/v1/openapi.json",
    "/_nicegui/3.18.0/static/nicegui.js", "/_nicegui_ws/socket.io/?EIO=4&transport=polling", "/openapi.json", "/docs", "/nowhere",
)  # fmt: skip


@pytest.mark.parametrize("path", PRIVATE)
def test_a_stranger_reads_nothing(stranger: httpx.Client, path: str) -> None:
    answer = stranger.get(path)
    assert answer.status_code == 401
    assert answer.json() == {"type": "about:blank", "title": "Sign in first.", "status": 401}


def test_a_strangers_browser_is_led_to_the_login_page_and_back(stranger: httpx.Client) -> None:
    answer = stranger.get("/clip/x?edited=2", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/login?next=%2Fclip%2Fx%3Fedited%3D2")


@pytest.mark.parametrize("path", ["/login", "/healthz", "/static/desk.css", "/static/theme.js", "/static/mark.svg"])
def test_what_a_stranger_needs_to_sign_in_is_open(stranger: httpx.Client, path: str) -> None:
    assert stranger.get(path).status_code == 200


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static//etc/passwd"]
)
def test_the_static_folder_is_all_there_is(stranger: httpx.Client, path: str) -> None:
    answer = stranger.get(path)
    assert answer.status_code in (401, 404)
    assert "create_app" not in answer.text


def test_a_made_up_cookie_opens_nothing(stranger: httpx.Client) -> None:
    for cookie in ("x", "", '"', "a=b; c"):
        assert stranger.get("/exports", headers={"Cookie": f"{COOKIE}={cookie}"}).status_code == 401


def test_a_session_ends_at_once_when_it_is_revoked(login: Login, small: SmallStudio) -> None:
    small.user("tim", "viewer")
    tim = login("tim")
    assert tim.get("/api/v1/clips").status_code == 200
    small.writer.do(lambda db: close_sessions(db, "tim"))
    assert tim.get("/api/v1/clips").status_code == 401
    again = login("tim")
    small.writer.do(lambda db: disable_user(db, "tim"))
    assert again.get("/api/v1/clips").status_code == 401


class TestOtherSites:
    @pytest.mark.parametrize("origin", [EVIL, "null", "https://127.0.0.1:1", ""])
    def test_may_not_change_anything(self, login: Login, origin: str) -> None:
        ana = login("ana")
        for path in ("/logout", "/api/v1/clips", "/login"):
            answer = ana.post(path, headers={"Origin": origin})
            assert answer.status_code == 403
            assert "another site" in answer.json()["title"]
        assert ana.get("/api/v1/clips").status_code == 200

    def test_may_not_hide_behind_a_missing_origin(self, login: Login) -> None:
        for site in ("cross-site", "same-site"):
            assert login("ana").post("/logout", headers={"Sec-Fetch-Site": site}).status_code == 403

    def test_may_not_read_the_websockets_polling_path(self, login: Login) -> None:
        """Its server answers any origin with CORS headers, credentials included."""
        ana, path = login("ana"), "/_nicegui_ws/socket.io/?EIO=4&transport=polling"
        assert ana.get(path, headers={"Origin": EVIL}).status_code == 403
        assert ana.get(path).status_code == 200

    def test_may_not_open_the_websocket(self, login: Login, address: str) -> None:
        ana = login("ana")
        url = address.replace("http", "ws") + "/_nicegui_ws/socket.io/?EIO=4&transport=websocket"
        cookie = {"Cookie": f"{COOKIE}={ana.cookies[COOKIE]}"}
        for origin, headers in ((EVIL, cookie), (address, {})):
            with pytest.raises(InvalidStatus, match="403"):
                connect(url, origin=origin, additional_headers=headers)  # type: ignore[arg-type]
        with connect(url, origin=address, additional_headers=cookie) as socket:  # type: ignore[arg-type]
            assert json.loads(str(socket.recv())[1:])["sid"]


class TestHeaders:
    @pytest.mark.parametrize("path", ["/login", "/healthz", "/api/v1/clips", "/static/desk.css", "/"])
    def test_every_answer_carries_them(self, login: Login, path: str) -> None:
        headers = login("ana").get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "same-origin"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "script-src 'self' 'unsafe-inline'" not in headers["content-security-policy"]

    def test_each_page_names_its_own_scripts_by_a_fresh_nonce(self, login: Login) -> None:
        ana = login("ana")
        nonces = set()
        for _ in range(2):
            page = ana.get("/")
            (nonce,) = re.findall(r"'nonce-([^']+)'", page.headers["content-security-policy"])
            scripts = re.findall(r"<script[^>]*>", page.text)
            assert scripts
            assert all(f'nonce="{nonce}"' in script for script in scripts)
            nonces.add(nonce)
        assert len(nonces) == 2

    def test_a_strangers_large_body_is_not_read(self, stranger: httpx.Client) -> None:
        answer = stranger.post("/login", content=b"name=" + b"x" * 200_000, headers={"Content-Type": "application/x-www-form-urlencoded"})  # fmt: skip
        assert answer.status_code == 413

    def test_nor_is_one_that_does_not_say_how_large_it_is(self, stranger: httpx.Client) -> None:
        def endless() -> Iterator[bytes]:
            yield b"name="
            for _ in range(200):
                yield b"x" * 1000

        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        assert stranger.post("/login", content=endless(), headers=headers).status_code == 400
