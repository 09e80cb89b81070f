"""Security headers, and a content policy under which no script runs that we did not write.

NiceGUI's page carries inline scripts: each gets a nonce of its own response, so that `unsafe-inline` is not needed.
Its runtime compiles templates, so `unsafe-eval` is; text from outside never becomes a template.
"""

from __future__ import annotations

import re
import secrets

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PLAIN = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
}
POLICY = (
    "default-src 'none'; script-src 'self'{nonce}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
    "media-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""`style-src 'unsafe-inline'`: Quasar positions menus and dialogs with style attributes."""


class SecurityHeaders:
    """Adds the headers to every answer that does not bring its own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in {**PLAIN, "Content-Security-Policy": POLICY.format(nonce="")}.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, sending)


class PageNonce:
    """Marks the scripts of NiceGUI's pages as ours. Sits inside of any compression."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        start: Message | None = None
        body, whole = bytearray(), False

        async def sending(message: Message) -> None:
            nonlocal start, whole
            if message["type"] == "http.response.start" and _is_page(message):
                start = message
            elif start is None:
                await send(message)
            else:
                body.extend(message.get("body", b""))
                if not message.get("more_body", False):
                    whole = True
                    await _send_page(start, bytes(body), send)

        await self._app(scope, receive, sending)
        if start is not None and not whole:  # whoever asked left meanwhile: what is around us still wants an answer
            await _send_page(start, bytes(body), send)


async def _send_page(start: Message, page: bytes, send: Send) -> None:
    nonce = secrets.token_urlsafe(16)
    page = re.sub(rb"<script(?=[\s>])", f'<script nonce="{nonce}"'.encode(), page)
    headers = MutableHeaders(scope=start)
    headers["Content-Length"] = str(len(page))
    headers["Content-Security-Policy"] = POLICY.format(nonce=f" 'nonce-{nonce}' 'unsafe-eval'")
    await send(start)
    await send({"type": "http.response.body", "body": page})


def _is_page(start: Message) -> bool:
    return MutableHeaders(scope=start).get("content-type", "").startswith("text/html")
