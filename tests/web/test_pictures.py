"""Small pictures, drawn when they are first asked for."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.support.waiting import until
from tests.web.conftest import Login
from web.pictures import Painter


def test_nobody_waits_for_a_picture_on_behalf_of_one_who_left(login: Login, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the server would have answers to give up when it stops, and say so. The picture is one that nobody draws."""
    asked, over = list[str](), list[str]()
    find = Painter.find

    async def watched(self: Painter, name: str, gone: Any) -> Any:
        asked.append(name)
        try:
            return await find(self, name, gone)
        finally:
            over.append(name)

    monkeypatch.setattr(Painter, "find", watched)
    with pytest.raises(httpx.ReadTimeout):
        login("ana").get("/pictures/scene/never-drawn", timeout=0.5)
    until(lambda: len(asked) == 1, "the question to arrive")
    until(lambda: over == asked, "the end of the waiting")
