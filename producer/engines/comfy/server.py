"""A ComfyUI server: a workflow is sent, followed over the websocket, stopped when somebody wants it, and its files fetched.

    POST /upload/image   POST /prompt {prompt, client_id} → {prompt_id}   WS /ws?clientId=…   GET /history/ID   GET /view
    POST /interrupt      POST /queue {delete: [ID]}       POST /free

Messages of its websocket (comfyui, server.py and comfy_execution/progress.py): `executing` with the node that works, None = the
end; `progress` and `progress_state` with how far nodes are; `execution_success`, `execution_error`, `execution_interrupted`.
Binary ones are previews.
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx
from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

from config.errors import EngineError, OutOfMemory, Unavailable
from producer.engines.comfy.workflow import Nodes
from producer.engines.servers import ModelServer

LOOK_S = 2.0
"""How long a look at the server may take."""
POLL_S = 0.25
"""How long a message is waited for before somebody is asked whether to go on."""
LARGEST_FILE = 512 << 20
LARGEST_MESSAGE = 16 << 20
FAILURES = (
    httpx.HTTPError,
    httpx.InvalidURL,
    WebSocketException,
    OSError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
)
"""All that goes wrong between here and there, from no server to a wrong answer."""


@dataclass(frozen=True)
class File:
    """What a workflow made, where its server keeps it."""

    node: str
    filename: str
    subfolder: str
    type: str


class Comfy:
    """One conversation with a server; a context manager. Raises Unavailable, OutOfMemory, or EngineError for a workflow that
    does not work."""

    def __init__(self, server: ModelServer) -> None:
        self._server, self._client_id = server, uuid.uuid4().hex
        timeout = httpx.Timeout(server.silence_s, connect=LOOK_S)
        self._http = httpx.Client(base_url=server.url, timeout=timeout, follow_redirects=False, trust_env=False)

    def __enter__(self) -> Comfy:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def look(self) -> str:
        """The server's version. Raises Unavailable when it does not answer as a ComfyUI does."""
        with self._told():
            found = self._get("/system_stats", timeout=LOOK_S).json()
            return str(found["system"].get("comfyui_version", ""))

    def upload(self, data: bytes, name: str) -> str:
        """A PNG among its inputs; what a LoadImage node is to be told."""
        with self._told():
            answer = self._http.post(
                "/upload/image", files={"image": (name, data, "image/png")}, data={"overwrite": "true", "type": "input"}
            )
            answer.raise_for_status()
            kept = answer.json()
            return f"{kept['subfolder']}/{kept['name']}" if kept.get("subfolder") else str(kept["name"])

    def run(self, nodes: Nodes, told: Callable[[float], None], stop_if_wanted: Callable[[], None]) -> list[File]:
        """The files that a workflow made. `told`: the fraction that is done; what `stop_if_wanted` raises ends it there too."""
        with self._told(), self._listening() as socket:
            prompt = self._send(nodes)
            try:
                self._follow(socket, prompt, len(nodes), told, stop_if_wanted)
            except BaseException:
                self._stop(prompt)
                raise
            history = self._get(f"/history/{prompt}").json()[prompt]
            return list(_files(history.get("outputs", {})))

    def fetch(self, file: File) -> bytes:
        with self._told():
            place = {"filename": file.filename, "subfolder": file.subfolder, "type": file.type}
            with self._http.stream("GET", "/view", params=place) as answer:
                answer.raise_for_status()
                data = bytearray()
                for part in answer.iter_bytes():
                    data += part
                    if len(data) > LARGEST_FILE:
                        raise ValueError("its file is larger than 512 MB")
                return bytes(data)

    def free(self) -> None:
        """Have it let go of its models and their memory."""
        with self._told():
            answer = self._http.post("/free", json={"unload_models": True, "free_memory": True}, timeout=LOOK_S)
            answer.raise_for_status()

    def _get(self, path: str, **more: Any) -> httpx.Response:
        answer = self._http.get(path, **more)
        answer.raise_for_status()
        return answer

    @contextmanager
    def _listening(self) -> Iterator[ClientConnection]:
        parts = urlsplit(self._server.url)
        address = (
            f"{'wss' if parts.scheme == 'https' else 'ws'}://{parts.netloc}{parts.path}/ws?clientId={self._client_id}"
        )
        with connect(
            address, open_timeout=LOOK_S, close_timeout=LOOK_S, max_size=LARGEST_MESSAGE, proxy=None
        ) as socket:
            yield socket

    def _send(self, nodes: Nodes) -> str:
        answer = self._http.post("/prompt", json={"prompt": nodes, "client_id": self._client_id})
        if answer.status_code == 400:
            raise EngineError(
                f"ComfyUI does not take the workflow: {_refusal(answer)}", "Run it in ComfyUI's own window."
            )
        answer.raise_for_status()
        return str(answer.json()["prompt_id"])

    def _follow(
        self, socket: ClientConnection, prompt: str, nodes: int, told: Callable[[float], None], stop: Callable[[], None]
    ) -> None:
        """Until it is done. Raises EngineError or OutOfMemory for what went wrong there."""
        shares: dict[str, float] = {}
        best, heard = 0.0, time.monotonic()
        while True:
            stop()
            try:
                message = socket.recv(timeout=POLL_S)
            except TimeoutError:
                if time.monotonic() - heard > self._server.silence_s:
                    raise Unavailable(
                        f"ComfyUI said nothing for {self._server.silence_s:.0f} seconds.", "Look at its log."
                    ) from None
                continue
            heard = time.monotonic()
            if isinstance(message, bytes):
                continue  # a preview
            said = json.loads(message)
            data = said.get("data") or {}
            if data.get("prompt_id", prompt) != prompt:
                continue  # somebody else's
            if _ended(said["type"], data):
                return
            shares |= _shares(said["type"], data)
            if (share := min(1.0, sum(shares.values()) / max(1, nodes))) > best:
                best = share
                told(best)

    def _stop(self, prompt: str) -> None:
        """Whether it waits there or works. A server that is gone has stopped."""
        try:
            self._http.post("/queue", json={"delete": [prompt]}, timeout=LOOK_S)
            self._http.post("/interrupt", json={"prompt_id": prompt}, timeout=LOOK_S)
        except httpx.HTTPError:
            return

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except EngineError:
            raise
        except (httpx.ConnectError, httpx.ConnectTimeout, ConnectionRefusedError) as error:
            raise Unavailable(
                f"ComfyUI does not answer at {self._server.url}.", "Start it, with --listen if it is elsewhere."
            ) from error
        except FAILURES as error:
            reason = (str(error).splitlines() or [type(error).__name__])[0][:200]
            raise Unavailable(f"ComfyUI at {self._server.url} broke off ({reason}).", "Look at its log.") from error


def _ended(kind: str, data: Mapping[str, Any]) -> bool:
    match kind:
        case "execution_success":
            return True
        case "executing":
            return data.get("node") is None
        case "execution_interrupted":
            raise EngineError("Somebody stopped the workflow in ComfyUI.", "Make it again.")
        case "execution_error":
            where, why = data.get("node_type", "a node"), " ".join(str(data.get("exception_message", "")).split())[:300]
            if "memory" in why.lower() or "OutOfMemory" in str(data.get("exception_type", "")):
                raise OutOfMemory(f"ComfyUI ran out of memory in {where}.", "Use a smaller model or size.")
            raise EngineError(f"ComfyUI failed in {where}: {why}", "Run the workflow in ComfyUI's own window.")
        case _:
            return False


def _shares(kind: str, data: Mapping[str, Any]) -> dict[str, float]:
    """Nodes that are done or under way, 0..1 each."""
    if kind == "execution_cached":
        return {str(node): 1.0 for node in data.get("nodes", ())}
    if kind == "executed":
        return {str(data.get("node")): 1.0}
    if kind == "progress":
        return {str(data.get("node")): data["value"] / max(1, data["max"])}
    if kind == "progress_state":
        return {str(node): state["value"] / max(1, state["max"]) for node, state in data["nodes"].items()}
    return {}


def _files(outputs: Mapping[str, Any]) -> Iterator[File]:
    for node, made in outputs.items():
        for entries in made.values():
            for entry in entries if isinstance(entries, list) else ():
                if isinstance(entry, dict) and entry.get("filename"):
                    yield File(node, entry["filename"], entry.get("subfolder", ""), entry.get("type", "output"))


def _refusal(answer: httpx.Response) -> str:
    """The first complaint of its validation, which names the node."""
    told = answer.json()
    for number, node in (told.get("node_errors") or {}).items():
        for error in node.get("errors", ()):
            return f"node {number} ({node.get('class_type')}): {error.get('message')}, {error.get('details')}."[:300]
    return f"{told['error']['message']}."[:300]
