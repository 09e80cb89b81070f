"""What the middleware does with a page that is never finished."""

from __future__ import annotations

import asyncio

from starlette.types import Message, Receive, Scope, Send

from web.headers import PageNonce


def test_a_page_whose_reader_left_is_answered_all_the_same() -> None:
    """NiceGUI stops sending when the browser is gone; an answer that never comes would be logged as an error."""
    sent = list[Message]()

    async def half_a_page(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]})
        await send({"type": "http.response.body", "body": b"<script>1</script>", "more_body": True})

    async def nothing() -> Message:
        return {"type": "http.disconnect"}

    async def keep(message: Message) -> None:
        sent.append(message)

    asyncio.run(PageNonce(half_a_page)({"type": "http"}, nothing, keep))
    assert [message["type"] for message in sent] == ["http.response.start", "http.response.body"]
    assert not sent[-1].get("more_body", False)
    assert b"<script nonce=" in sent[-1]["body"]
