"""How the command line reaches a running studio."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx

from config.errors import StudioError, UsageError

Reply = dict[str, Any]


class LocalClient:
    """Calls a running studio's commands."""

    def __init__(self, socket: Path) -> None:
        self._socket = socket

    def call(self, name: str, /, **arguments: Any) -> Reply:
        """Raises UsageError or StudioError as the studio says, StudioError when it does not answer."""
        try:
            answer = self._post(name, arguments, seconds=60)
        except httpx.HTTPError as error:
            raise StudioError("The studio does not answer.", "Is it still starting? Try again in a moment.") from error
        reply: Reply = answer.json()
        if answer.is_success:
            return reply
        kind = UsageError if reply["exit"] == 2 else StudioError
        raise kind(reply["message"], reply["cure"])

    def answers(self) -> bool:
        if not self._socket.exists():  # httpcore would leave its end of a failed connection open
            return False
        try:
            return self._post("status", {}, seconds=2).is_success
        except httpx.HTTPError:
            return False

    def _post(self, name: str, arguments: Reply, seconds: float) -> httpx.Response:
        transport = httpx.HTTPTransport(uds=str(self._socket))
        with httpx.Client(transport=transport, base_url="http://studio", timeout=seconds) as client:
            return client.post(f"/{name}", json=arguments)
