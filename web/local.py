"""The studio's local socket, for the command line. Whoever may open the socket file may ask."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import ValidationError

from config.errors import DailiesError, UsageError
from web.commands import StudioCommands


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
