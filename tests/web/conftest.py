"""One studio and one desk for all tests here: NiceGUI keeps one application per process."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import httpx
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page

from storage.people import create_login_link
from storage.tokens import Scope, create_token
from tests.support.browser import Enter, browsing
from tests.support.engines import FACTS
from tests.support.server import serving
from tests.support.studio import PASSWORD, SmallStudio
from web.app import create_app
from web.login import link_address

Login = Callable[[str], httpx.Client]
Bearer = Callable[..., httpx.Client]


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallStudio]:
    small = SmallStudio(tmp_path_factory.mktemp("desk")).start()
    small.user("ana")
    small.user("bo")
    small.user("vera", "viewer")
    small.user("ada", "admin")
    yield small
    small.stop()


@pytest.fixture(scope="session")
def address(small: SmallStudio) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch, serving(create_app(small.studio, FACTS)) as address:
        patch.setattr("web.components.toast.SHOWN_S", 40.0)  # a slow machine, too, is in time for its “Undo”
        yield address


@pytest.fixture(autouse=True)
def at_rest(request: pytest.FixtureRequest) -> Iterator[None]:
    """No test meets what the one before has set in motion."""
    yield
    if "small" in request.fixturenames:
        request.getfixturevalue("small").production.rest()


@pytest.fixture
def stranger(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, timeout=60) as client:
        yield client


@pytest.fixture
def login(address: str) -> Iterator[Login]:
    """Signs somebody in: `login("ana").get("/")`."""
    clients = []

    def signed_in(name: str) -> httpx.Client:
        client = httpx.Client(base_url=address, timeout=60)
        clients.append(client)
        answer = client.post("/login", data={"name": name, "password": PASSWORD})
        assert answer.status_code == 303, answer.text
        return client

    yield signed_in
    for client in clients:
        client.close()


@pytest.fixture
def bearer(address: str, small: SmallStudio) -> Iterator[Bearer]:
    """A program with a token: `bearer("read", "export").get("/api/v1/exports")`."""
    clients = []

    def with_token(*scopes: Scope, user: str = "ada") -> httpx.Client:
        _, secret = small.writer.do(lambda db: create_token(db, "test", user, scopes))
        client = httpx.Client(base_url=address, headers={"Authorization": f"Bearer {secret}"}, timeout=60)
        clients.append(client)
        return client

    yield with_token
    for client in clients:
        client.close()


@pytest.fixture(
    scope="module"
)  # while it is open an event loop runs here, and what other tests start with asyncio fails
def browser() -> Iterator[Browser]:
    with browsing() as browser:
        yield browser


@pytest.fixture
def enter(browser: Browser, address: str, small: SmallStudio) -> Iterator[Enter]:
    """Opens a page as somebody. Whatever the browser complains about fails the test."""
    pages, complaints = list[Page](), list[str]()

    def entered(name: str = "ana", path: str = "/", width: int = 1440, height: int = 900) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme="dark")
        context.set_default_timeout(60_000)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if is_complaint(message) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address + link_address(small.writer.do(lambda db: create_login_link(db, name))))
        page.goto(address + path)
        page.wait_for_function("window.did_handshake === true")
        pages.append(page)
        return page

    yield entered
    for page in pages:
        page.context.close()
    assert complaints == []


def is_complaint(message: ConsoleMessage) -> bool:
    """A page whose session has ended is refused what it asks for until it has left: that is as it should be.
    The second wording is Chromium's, for a refusal of what it holds in its cache."""
    refusals = ("401 (Unauthorized)", "ERR_CACHE_AUTH_FAILURE_AFTER_READ")
    return message.type == "error" and not any(refusal in message.text for refusal in refusals)
