"""A model server over real sockets: Ollama's protocol under /api, OpenAI's under /v1, and a brain that tests fill in.

Formats are those of the servers' own documentation: lines of JSON and server-sent events in chunks, errors with a
status or in the middle of a stream, thoughts in a field of their own, models that are loaded and let go.
"""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from producer.engines.servers import ModelServer

APACHE = "Apache License\n                           Version 2.0, January 2004"
AT = "2026-11-27T08:00:00.123456Z"


@dataclass(frozen=True)
class Says:
    """An answer, in pieces; `thinking` comes first, in its own field."""

    text: str
    thinking: str = ""
    pause_s: float = 0.0
    """Between pieces."""
    silence_s: float = 0.0
    """Before the first."""
    then_cut: bool = False
    """Break the connection before the end."""
    then_error: str = ""
    """An error in the middle of the stream."""


@dataclass(frozen=True)
class Fails:
    """An error instead of an answer."""

    status: int
    error: str


@dataclass(frozen=True)
class Babbles:
    """Bytes that are no protocol."""

    body: bytes = b"<html>It works!</html>\n"


Act = Says | Fails | Babbles
Brain = Callable[[dict[str, Any]], Act]
"""From a request's JSON to what the server does."""


def model_card(name: str, size: str = "8.2B", family: str = "qwen3") -> dict[str, Any]:
    """A model as `/api/tags` lists it."""
    details = {"parent_model": "", "format": "gguf", "family": family, "families": [family], "parameter_size": size,
               "quantization_level": "Q4_K_M"}  # fmt: skip
    digest = (name.encode().hex() * 64)[:64]
    return {"name": name, "model": name, "modified_at": AT, "size": 5_200_000_000, "digest": digest, "details": details}


@dataclass
class World:
    """What the server has and has seen."""

    brain: Brain
    models: list[dict[str, Any]] = field(default_factory=lambda: [model_card("qwen3:8b")])
    licences: dict[str, str] = field(default_factory=dict)
    loaded: set[str] = field(default_factory=set)
    leaving_s: float = 0.0
    asked: list[dict[str, Any]] = field(default_factory=list)
    """Bodies of the questions, in order."""
    keys: list[str] = field(default_factory=list)
    knows_schemas: bool = True
    hung_up: threading.Event = field(default_factory=threading.Event)
    """Set when a client leaves before the end."""
    url: str = ""

    @property
    def ollama(self) -> ModelServer:
        return ModelServer(self.url, silence_s=5)

    @property
    def openai(self) -> ModelServer:
        return ModelServer(f"{self.url}/v1", silence_s=5)


@contextmanager
def model_server(brain: Brain, **world: Any) -> Iterator[World]:
    """A server with this brain, on a free port."""
    this = World(brain, **world)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (_Handler,), {"world": this}))
    server.daemon_threads = True
    this.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield this
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    world: World

    def log_message(self, *_: Any) -> None:
        """Tests have nothing to say to the terminal."""

    def do_GET(self) -> None:
        match self.path:
            case "/":
                self._send(200, b"Ollama is running", "text/plain")
            case "/api/version":
                self._json(200, {"version": "0.30.1"})
            case "/api/tags":
                self._json(200, {"models": self.world.models})
            case "/api/ps":
                resident = [
                    {**m, "expires_at": AT, "size_vram": m["size"]}
                    for m in self.world.models
                    if m["name"] in self.world.loaded
                ]
                self._json(200, {"models": resident})
            case "/v1/models":
                self.world.keys.append(self.headers.get("Authorization", ""))
                listed = [
                    {"id": m["name"], "object": "model", "created": 0, "owned_by": "library"} for m in self.world.models
                ]
                self._json(200, {"object": "list", "data": listed})
            case _:
                self._json(404, {"error": "not found"})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        if self.path != "/v1/chat/completions" and not any(m["name"] == body["model"] for m in self.world.models):
            self._json(404, {"error": f"model '{body['model']}' not found"})
            return
        match self.path:
            case "/api/show":
                licence = self.world.licences.get(body["model"], APACHE)
                card = next(m for m in self.world.models if m["name"] == body["model"])
                self._json(200, {"license": licence, "modelfile": "", "parameters": "", "template": "", "details": card["details"],
                                 "model_info": {}, "capabilities": ["completion", "thinking"]})  # fmt: skip
            case "/api/generate" if body.get("keep_alive") == 0:
                threading.Timer(self.world.leaving_s, self.world.loaded.discard, [body["model"]]).start()
                self._json(
                    200,
                    {"model": body["model"], "created_at": AT, "response": "", "done": True, "done_reason": "unload"},
                )
            case "/api/chat" | "/v1/chat/completions":
                self.world.asked.append(body)
                self.world.loaded.add(body["model"])
                self._answer(body, openai=self.path.startswith("/v1"))
            case _:
                self._json(404, {"error": "not found"})

    def _answer(self, body: dict[str, Any], *, openai: bool) -> None:
        if openai and "response_format" in body and not self.world.knows_schemas:
            self._json(400, {"error": {"message": "response_format is not supported", "type": "invalid_request_error"}})
            return
        act = self.world.brain(body)
        match act:
            case Fails(status, error):
                self._json(status, {"error": {"message": error, "type": "server_error"} if openai else error})
            case Babbles(babble):
                self._send(200, babble, "text/html")
            case Says():
                try:
                    self._stream(act, body["model"], openai=openai)
                except OSError:
                    self.world.hung_up.set()
                    self.close_connection = True

    def _stream(self, act: Says, model: str, *, openai: bool) -> None:
        self._wait(act.silence_s)
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream" if openai else "application/x-ndjson")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        line = _event if openai else _ndjson
        pieces = [act.text[at : at + 40] for at in range(0, len(act.text), 40)]
        for thought in act.thinking.split():
            self._chunk(line(model, thought, thinking=True))
        for piece in pieces:
            self._chunk(line(model, piece))
            self._wait(act.pause_s)
        if act.then_cut:
            with suppress(OSError):
                self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
            return
        if act.then_error:
            broken = json.dumps({"error": {"message": act.then_error} if openai else act.then_error})
            self._chunk(f"data: {broken}\n\n" if openai else f"{broken}\n")
        else:
            self._chunk("data: [DONE]\n\n" if openai else _last(model, len(pieces)))
        self.wfile.write(b"0\r\n\r\n")

    def _wait(self, seconds: float) -> None:
        """Take time, as a model does, and notice when nobody listens any more."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self.connection.settimeout(min(left, 0.05))
            with suppress(TimeoutError):
                if self.connection.recv(1, socket.MSG_PEEK) == b"":
                    raise ConnectionResetError
            self.connection.settimeout(None)

    def _chunk(self, text: str) -> None:
        data = text.encode()
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()

    def _json(self, status: int, body: dict[str, Any]) -> None:
        self._send(status, json.dumps(body).encode(), "application/json; charset=utf-8")

    def _send(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _ndjson(model: str, text: str, *, thinking: bool = False) -> str:
    message = {"role": "assistant", "content": "" if thinking else text} | ({"thinking": text} if thinking else {})
    return json.dumps({"model": model, "created_at": AT, "message": message, "done": False}) + "\n"


def _last(model: str, count: int) -> str:
    return json.dumps({
        "model": model, "created_at": AT, "message": {"role": "assistant", "content": ""}, "done_reason": "stop", "done": True,
        "total_duration": 1, "load_duration": 1, "prompt_eval_count": 100, "prompt_eval_duration": 1, "eval_count": count,
        "eval_duration": 1,
    }) + "\n"  # fmt: skip


def _event(model: str, text: str, *, thinking: bool = False) -> str:
    delta = {"reasoning_content": text} if thinking else {"content": text}
    choice = {"index": 0, "delta": delta, "finish_reason": None}
    return f"data: {json.dumps({'id': 'c', 'object': 'chat.completion.chunk', 'created': 0, 'model': model, 'choices': [choice]})}\n\n"
