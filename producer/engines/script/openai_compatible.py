"""A script by a model behind OpenAI's protocol: vLLM, the server of llama.cpp, LM Studio and many others.

`POST /chat/completions` with a JSON schema as `response_format`, answered as server-sent events. A server that does not
know schemas answers 400 to one; it is then asked without, and the shape rests on the prompt alone.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import httpx

from config.errors import EngineError, OutOfMemory, Unavailable
from producer.engines.base import EngineInfo, Licence, Problem
from producer.engines.script.chat import body_of, piece_of
from producer.engines.script.model import MODELS_OWN, VERSION, ModelWriter, Question
from producer.engines.servers import ModelServer

LOOK_S = 2.0
FACTS = EngineInfo(
    id="openai-compatible",
    stage="script",
    version=VERSION,
    title="A server with OpenAI's protocol",
    code_licence=Licence("the server's own", "unclear"),
    weights_licence=MODELS_OWN,
    weights="the server's",
    heeds=True,
    cures=("DAILIES_OPENAI__URL=http://127.0.0.1:8000/v1 run.py up",),
)
"""The protocol tells nothing of licences, so they stay unclear."""


class OpenAICompatible(ModelWriter):
    """Asks a server that manages its memory itself, on this machine or on another one of yours."""

    def __init__(self) -> None:
        self.server = ModelServer("")
        self._facts, self._model, self._knows_schemas = FACTS, "", True

    @property
    def info(self) -> EngineInfo:
        return self._facts

    def check(self) -> list[Problem]:
        if not self.server.url:
            return [
                Problem(
                    "No server with OpenAI's protocol is named.",
                    "Set [openai] url in dailies.toml, or DAILIES_OPENAI__URL.",
                )
            ]
        try:
            with httpx.Client(headers=self._headers, timeout=LOOK_S, trust_env=False) as client:
                listed = client.get(f"{self.server.url}/models")
                listed.raise_for_status()
                names = [str(model["id"]) for model in listed.json()["data"]]
        except FAILURES as error:
            trouble = told(error, self.server)
            return [Problem(trouble.message, trouble.cure)]
        model = self.server.model or (names[0] if names else "")
        if model not in names:
            there = f"; it has {', '.join(names)}" if names else ""
            return [
                Problem(f"{self.server.url} has no model “{model}”{there}.", "Name one in the setting [openai] model.")
            ]
        self._model = model
        self._facts = replace(self._facts, weights=model)
        return []

    async def answer(self, question: Question) -> AsyncIterator[str]:
        timeout = httpx.Timeout(self.server.silence_s, connect=LOOK_S)
        try:
            async with httpx.AsyncClient(headers=self._headers, timeout=timeout, trust_env=False) as client:
                async for piece in self._pieces(client, question):
                    yield piece
        except FAILURES as error:
            raise told(error, self.server) from error

    async def _pieces(self, client: httpx.AsyncClient, question: Question) -> AsyncIterator[str]:
        body = self._body(question)
        async with client.stream("POST", f"{self.server.url}/chat/completions", json=body) as answer:
            refused = answer.status_code in (400, 422) and "response_format" in body
            if answer.is_error:
                await answer.aread()
            if not refused:
                answer.raise_for_status()
                async for line in answer.aiter_lines():
                    if line.startswith("data:") and (piece := _piece(line.removeprefix("data:").strip())):
                        yield piece
                return
        self._knows_schemas = False
        async for piece in self._pieces(client, question):
            yield piece

    def _body(self, question: Question) -> dict[str, Any]:
        with_schema = self._knows_schemas and not question.plainly
        return {"model": self._model or self.server.model, **body_of(question, with_schema=with_schema)}

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.server.key}"} if self.server.key else {}


FAILURES = (httpx.HTTPError, httpx.InvalidURL, ValueError, KeyError, TypeError)
"""No server, a broken answer, an answer of another shape."""


def told(error: Exception, server: ModelServer) -> EngineError:
    """A failure of the server in a person's words; never with the key in them."""
    match error:
        case httpx.HTTPStatusError() if error.response.status_code in (401, 403):
            return Unavailable(f"{server.url} wants another key.", "Put it into the setting [openai] key.")
        case httpx.HTTPStatusError():
            reason = " ".join(error.response.text.split())[:200]
            kind = OutOfMemory if "out of memory" in reason.lower() else Unavailable
            return kind(f"{server.url} answered {error.response.status_code}: {reason}", "Look into the server's log.")
        case httpx.ConnectError() | httpx.ConnectTimeout() | httpx.InvalidURL():
            return Unavailable(f"The language model's server does not answer at {server.url}.", "Start it.")
        case httpx.TimeoutException():
            return Unavailable(f"{server.url} said nothing for {server.silence_s:.0f} seconds.", "Use a smaller model.")
        case httpx.HTTPError():
            return Unavailable(f"{server.url} broke off in the middle.", "Look into the server's log.")
        case _:
            return Unavailable(
                f"{server.url} does not speak OpenAI's protocol.", "Does the setting [openai] url end in /v1?"
            )


def _piece(data: str) -> str:
    return "" if data == "[DONE]" else piece_of(json.loads(data))
