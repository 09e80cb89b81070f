"""A server that speaks ComfyUI's protocol, with what a test wants it to make, say and do wrong.

Paths, fields, the order of messages and the form of refusals are those of ComfyUI's `server.py` and `execution.py`.
"""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from fastapi import FastAPI, Request, Response, WebSocket, WebSocketDisconnect
from PIL import Image

from tests.support.server import serving


@dataclass
class World:
    """What the server is to do, and what it was asked."""

    makes: bytes = b""
    filename: str = "dailies_00001_.png"
    mood: str = "well"
    """well, refuses, fails, out of memory, interrupted, silent, breaks off, nothing, forever"""
    url: str = ""
    prompts: list[dict[str, Any]] = field(default_factory=list)
    uploads: dict[str, bytes] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    interrupted: list[str] = field(default_factory=list)
    sockets: dict[str, WebSocket] = field(default_factory=dict)
    history: dict[str, Any] = field(default_factory=dict)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)


def png(width: int = 192, height: int = 128, seed: int = 0) -> bytes:
    rows, columns = np.mgrid[:height, :width]
    pixels = np.dstack([columns % 256, rows % 256, (rows + columns + 40 * seed) % 256]).astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    return file.getvalue()


@contextmanager
def comfy_server(**world: Any) -> Iterator[World]:
    there = World(**{"makes": png(), **world})
    with serving(_app(there)) as url:
        there.url = url
        yield there


def _app(world: World) -> FastAPI:
    app = FastAPI()

    @app.get("/system_stats")
    async def stats() -> dict[str, Any]:
        return {"system": {"os": "posix", "comfyui_version": "0.3.75"}, "devices": []}

    @app.post("/upload/image")
    async def upload(request: Request) -> dict[str, str]:
        async with request.form() as form:
            image: Any = form["image"]
            world.uploads[image.filename] = await image.read()
            return {"name": image.filename, "subfolder": "", "type": "input"}

    @app.post("/prompt")
    async def prompt(request: Request) -> Response:
        asked = await request.json()
        world.prompts.append(asked)
        if world.mood == "refuses":
            problem = {
                "type": "value_not_in_list",
                "message": "Value not in list",
                "details": "ckpt_name: 'x' not in []",
            }
            errors = {"4": {"errors": [problem], "dependent_outputs": ["9"], "class_type": "CheckpointLoaderSimple"}}
            error = {"type": "prompt_outputs_failed_validation", "message": "Prompt outputs failed validation"}
            return Response(json.dumps({"error": error, "node_errors": errors}), 400, media_type="application/json")
        number = f"prompt-{len(world.prompts)}"
        task = asyncio.create_task(_work(world, number, asked))
        world.tasks.add(task)
        told = {"prompt_id": number, "number": len(world.prompts), "node_errors": {}}
        return Response(json.dumps(told), media_type="application/json")

    @app.get("/history/{number}")
    async def history(number: str) -> dict[str, Any]:
        return {number: world.history[number]} if number in world.history else {}

    @app.get("/view")
    async def view(filename: str, subfolder: str, type: str) -> Response:
        return Response(world.makes if filename == world.filename else b"", 200 if filename == world.filename else 404)

    @app.post("/interrupt")
    async def interrupt(request: Request) -> Response:
        world.interrupted.append((await request.json()).get("prompt_id", ""))
        return Response()

    @app.post("/queue")
    async def queue(request: Request) -> Response:
        world.calls.append(f"delete {(await request.json()).get('delete')}")
        return Response()

    @app.post("/free")
    async def free(request: Request) -> Response:
        world.calls.append(f"free {await request.json()}")
        return Response()

    @app.websocket("/ws")
    async def ws(socket: WebSocket) -> None:
        await socket.accept()
        client = socket.query_params["clientId"]
        world.sockets[client] = socket
        await socket.send_json(
            {"type": "status", "data": {"status": {"exec_info": {"queue_remaining": 0}}, "sid": client}}
        )
        try:
            while True:
                await socket.receive_text()
        except WebSocketDisconnect:
            world.sockets.pop(client, None)

    return app


async def _work(world: World, number: str, asked: dict[str, Any]) -> None:
    socket, nodes = world.sockets[asked["client_id"]], list(asked["prompt"])

    async def say(kind: str, **data: Any) -> None:
        await socket.send_json({"type": kind, "data": {"prompt_id": number, **data}})

    if world.mood == "silent":
        return
    await say("execution_start", timestamp=1)
    await say("execution_cached", nodes=nodes[:1], timestamp=2)
    await socket.send_json({"type": "executing", "data": {"node": None, "prompt_id": "somebody-elses"}})
    if world.mood == "breaks off":
        await socket.close(1011)
        return
    steps = 10_000 if world.mood == "forever" else 4
    for node in nodes[1:]:
        await say("executing", node=node, display_node=node)
        for value in range(1, steps + 1):
            await say(
                "progress_state", nodes={node: {"value": value, "max": steps, "state": "running", "node_id": node}}
            )
            await say("progress", value=value, max=steps, node=node)
            await socket.send_bytes(b"\x00\x00\x00\x01\x00\x00\x00\x01preview")
            await asyncio.sleep(0.02 if world.mood == "forever" else 0)
        if world.mood in ("fails", "out of memory"):
            out = world.mood == "out of memory"
            kind = "torch.OutOfMemoryError" if out else "RuntimeError"
            message = "Allocation on device" if out else "mat1 and mat2 shapes cannot be multiplied"
            await say("execution_error", node_id=node, node_type="KSampler", exception_message=message,
                      exception_type=kind, traceback=[], executed=[])  # fmt: skip
            return
        if world.mood == "interrupted":
            await say("execution_interrupted", node_id=node, node_type="KSampler", executed=[])
            return
    files = [] if world.mood == "nothing" else [{"filename": world.filename, "subfolder": "", "type": "output"}]
    world.history[number] = {"prompt": [], "outputs": {nodes[-1]: {"images": files}}, "status": {"completed": True}}
    await say("executed", node=nodes[-1], display_node=nodes[-1], output={"images": files})
    await say("execution_success", timestamp=3)
