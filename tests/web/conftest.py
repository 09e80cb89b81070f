"""One studio and one desk for all tests here: NiceGUI keeps one application per process."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import httpx
import pytest

from storage.tokens import Scope, create_token
from tests.support.engines import FACTS
from tests.support.server import serving
from tests.support.studio import PASSWORD, SmallStudio
from web.app import create_app

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
    with serving(create_app(small.studio, FACTS)) as address:
        yield address


@pytest.fixture
def stranger(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address) as client:
        yield client


@pytest.fixture
def login(address: str) -> Iterator[Login]:
    """Signs somebody in: `login("ana").get("/")`."""
    clients = []

    def signed_in(name: str) -> httpx.Client:
        client = httpx.Client(base_url=address)
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
        client = httpx.Client(base_url=address, headers={"Authorization": f"Bearer {secret}"})
        clients.append(client)
        return client

    yield with_token
    for client in clients:
        client.close()
