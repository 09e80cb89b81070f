"""A program that receives webhooks, as one would write it: it checks each signature by its own means and keeps the ids."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from typing import Any

from config.settings import Webhooks
from tests.support.small_web import Web
from tests.support.waiting import until


class Receiver:
    """Answers what `answers` says, in turn, then 204. `play` may do something else instead."""

    def __init__(self, web: Web, path: str = "/hook", answers: tuple[int, ...] = (), **headers: str) -> None:
        self.web, self.path, self.secret = web, path, ""
        self.answers, self.headers = list(answers), headers
        self.play: Callable[[BaseHTTPRequestHandler], None] | None = None
        self.heard: list[dict[str, Any]] = []
        """Messages, each with its `id`, in the order they came; those that came twice are there twice."""
        web.pages[path] = self._hear

    @property
    def url(self) -> str:
        return self.web.url(self.path)

    def settings(self, timeout_s: float = 5) -> Webhooks:
        return Webhooks(allow_hosts=(f"127.0.0.1:{self.web.port}",), timeout_s=timeout_s, keep_days=0)

    def wait_for(self, number: int) -> list[dict[str, Any]]:
        until(lambda: len(self.heard) >= number, f"{number} messages")
        return self.heard

    def _hear(self, handler: BaseHTTPRequestHandler) -> None:
        body, headers = self.web.bodies[-1], self.web.headers[-1]
        key = base64.b64decode(self.secret.removeprefix("whsec_"))
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        proof = "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
        assert abs(int(headers["webhook-timestamp"]) - time.time()) < 60
        good = proof in headers["webhook-signature"].split(" ")
        self.heard.append({"id": headers["webhook-id"], "good": good, **json.loads(body)})
        if self.play:
            self.play(handler)
            return
        handler.send_response(self.answers.pop(0) if self.answers else 204)
        for name, value in {"Content-Length": "0", **self.headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
