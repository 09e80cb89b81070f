"""The studio's local socket: how the command line reaches a running studio. Whoever may open the socket file may ask."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import ValidationError

from config.errors import DailiesError, StudioError, UsageError
from web.commands import Reply, StudioCommands


class LocalServer:
    """Serves commands on a unix socket, in a thread of its own."""

    def __init__(self, socket: Path, commands: StudioCommands) -> None:
        self._socket = socket
        config = uvicorn.Config(local_app(commands), uds=str(socket), log_level="critical", lifespan="off")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, name="local-socket", daemon=True)

    def start(self) -> None:
        self._socket.unlink(missing_ok=True)
        self._thread.start()

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(2)
        self._socket.unlink(missing_ok=True)


def local_app(commands: StudioCommands) -> FastAPI:
    """POST /NAME with a JSON object of arguments; errors come back with their cure and exit code."""
    app = FastAPI(openapi_url=None)

    @app.post("/{name}")
    async def call(name: str, request: Request) -> JSONResponse:
        arguments = await request.json()
        return await _in_thread(commands, name, arguments)

    return app


async def _in_thread(commands: StudioCommands, name: str, arguments: dict[str, Any]) -> JSONResponse:
    from starlette.concurrency import run_in_threadpool

    if name not in commands.table:
        return JSONResponse({"message": f"There is no command {name}.", "cure": "", "exit": 2}, 404)
    try:
        return JSONResponse(await run_in_threadpool(commands.table[name], **arguments))
    except ValidationError as error:
        first = error.errors()[0]
        return JSONResponse({"message": f"{first['loc'][-1]}: {first['msg']}.", "cure": "", "exit": 2}, 400)
    except DailiesError as error:
        code = 2 if isinstance(error, UsageError) else 1
        return JSONResponse({"message": error.message, "cure": error.cure, "exit": code}, 400)


class LocalClient:
    """Calls a running studio's commands."""

    def __init__(self, socket: Path) -> None:
        self._client = httpx.Client(
            transport=httpx.HTTPTransport(uds=str(socket)), base_url="http://studio", timeout=60
        )

    def call(self, name: str, **arguments: Any) -> Reply:
        """Raises UsageError or StudioError as the studio says, StudioError when it does not answer."""
        try:
            answer = self._client.post(f"/{name}", json=arguments)
        except httpx.HTTPError as error:
            raise StudioError("The studio does not answer.", "Is it still starting? Try again in a moment.") from error
        reply: Reply = answer.json()
        if answer.is_success:
            return reply
        kind = UsageError if reply["exit"] == 2 else StudioError
        raise kind(reply["message"], reply["cure"])

    def answers(self) -> bool:
        try:
            return self._client.post("/status", json={}, timeout=2).is_success
        except httpx.HTTPError:
            return False

    def wait(self, seconds: float) -> bool:
        """Whether it answers within so many seconds."""
        deadline = time.monotonic() + seconds
        while not (up := self.answers()) and time.monotonic() < deadline:
            time.sleep(0.1)
        return up
