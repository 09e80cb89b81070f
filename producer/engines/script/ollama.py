"""A script by a model that Ollama serves: on this machine, or on another one of yours.

The protocol is that of Ollama's own client: `POST /api/chat` with a JSON schema as `format`, answered in lines of JSON.
Two facts about it, from the server's issue tracker: with `think` off, some models ignore the schema (ollama/ollama
#14645, #15260), so an answer that is no JSON is asked for again with `think` left out; and an error in the middle of an
answer comes as a line with `error` in it, under status 200.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from json import JSONDecodeError
from typing import Any

import httpx
from ollama import AsyncClient, Client, ResponseError
from pydantic import ValidationError

from config.errors import EngineError, OutOfMemory, Unavailable
from producer.engines.base import EngineInfo, Licence, Problem
from producer.engines.script.model import MODELS_OWN, MOST_TOKENS, TEMPERATURE, VERSION, ModelWriter, Question
from producer.engines.script.models import RECOMMENDED, UNKNOWN, Model, best_writer, billions, licence_of, named
from producer.engines.servers import OLLAMA_URL, ModelServer
from producer.machine import has_gpu

CONTEXT_TOKENS = 8_192
KEEP_ALIVE = "5m"
LOOK_S = 2.0
"""How long a look at the server may take."""
LEAVING_S = 10.0
"""How long it may take to give memory back."""
MEMORY_MB = 8_000
"""Of device memory, for a model of eight billion parameters in four bits with its context."""

FACTS = EngineInfo(
    id="ollama",
    stage="script",
    version=VERSION,
    title="Ollama",
    code_licence=Licence("MIT"),
    weights_licence=MODELS_OWN,
    weights="the server's",
    heeds=True,
    cures=("ollama serve", f"ollama pull {RECOMMENDED}"),
)


class Ollama(ModelWriter):
    """Asks an Ollama server. On a machine with a GPU it counts among what fills its memory, and makes room when asked."""

    def __init__(self) -> None:
        self._facts = FACTS
        self.server = ModelServer(OLLAMA_URL)
        self._model = ""

    @property
    def info(self) -> EngineInfo:
        here = self.server.is_here and has_gpu()
        return replace(self._facts, lane="gpu" if here else "cpu", memory_mb=MEMORY_MB if here else 0)

    def check(self) -> list[Problem]:
        try:
            with looking(self.server) as client:
                models = installed(client)
                model = named(self.server.model, models) if self.server.model else best_writer(models)
                if model is None:
                    return [_no_model(self.server.model, models)]
                licence = _licence(client, model.name)
        except EngineError as error:
            return [Problem(error.message, error.cure)]
        self._model = model.name
        self._facts = replace(self._facts, weights=f"{model.name}@{model.digest[:12]}", weights_licence=licence)
        return []

    async def answer(self, question: Question) -> AsyncIterator[str]:
        options = {
            "temperature": TEMPERATURE, "seed": question.seed % 2**31, "num_ctx": CONTEXT_TOKENS, "num_predict": MOST_TOKENS,
        }  # fmt: skip
        timeout = httpx.Timeout(self.server.silence_s, connect=LOOK_S)
        try:
            async with AsyncClient(self.server.url, timeout=timeout, follow_redirects=False, trust_env=False) as client:
                stream = await client.chat(
                    self._model or self.server.model, question.messages, stream=True, format=question.schema, options=options,
                    think=None if question.plainly else False, keep_alive=KEEP_ALIVE,
                )  # fmt: skip
                async for part in stream:
                    if part.message.content:
                        yield part.message.content
        except FAILURES as error:
            raise told(error, self.server, self._model) from error

    def unload(self) -> None:
        """Have the server let go of its model, and wait until it has."""
        if not self._model:
            return
        try:
            with looking(self.server) as client:
                client.generate(self._model, keep_alive=0)
                until = time.monotonic() + LEAVING_S
                while time.monotonic() < until and any(m.model == self._model for m in client.ps().models):
                    time.sleep(0.1)
        except EngineError:
            return  # a server that is gone holds no memory


@contextmanager
def looking(server: ModelServer) -> Iterator[Client]:
    """A client for short questions. Raises Unavailable or OutOfMemory for all that goes wrong."""
    client = Client(server.url, timeout=LOOK_S, follow_redirects=False, trust_env=False)
    try:
        yield client
    except FAILURES as error:
        raise told(error, server, server.model) from error
    finally:
        client.close()  # type: ignore[no-untyped-call]


FAILURES = (
    ResponseError,
    ConnectionError,
    httpx.HTTPError,
    httpx.InvalidURL,
    JSONDecodeError,
    ValidationError,
    ValueError,
)
"""All that the official client lets through, from no server to a wrong answer."""


def told(error: Exception, server: ModelServer, model: str) -> EngineError:
    """A failure of the server in a person's words."""
    match error:
        case ResponseError() if error.status_code == 404:
            return Unavailable(f"Ollama has no model “{model}”.", f"ollama pull {model or RECOMMENDED}")
        case ResponseError() if "memory" in error.error.lower():
            return OutOfMemory(f"Ollama ran out of memory: {_short(error.error)}", "Use a smaller model.")
        case ResponseError():
            return Unavailable(f"Ollama failed: {_short(error.error)}", "Its log says more: journalctl -u ollama")
        case ConnectionError() | httpx.ConnectError() | httpx.ConnectTimeout():
            return Unavailable(f"Ollama does not answer at {server.url}.", "ollama serve")
        case httpx.TimeoutException():
            return Unavailable(f"Ollama said nothing for {server.silence_s:.0f} seconds.", "Use a smaller model.")
        case httpx.HTTPError():
            return Unavailable("Ollama broke off in the middle.", "Its log says more: journalctl -u ollama")
        case _:
            return Unavailable(f"{server.url} does not speak Ollama's protocol.", "Look at the setting [ollama] url.")


def installed(client: Client) -> list[Model]:
    """The models that the server has."""
    return [
        Model(
            name=found.model or "",
            digest=found.digest or "",
            billions=billions((found.details and found.details.parameter_size) or ""),
            family=(found.details and found.details.family) or "",
            size_mb=round((found.size or 0) / 1e6),
        )
        for found in client.list().models
    ]


def _licence(client: Client, model: str) -> Licence:
    text: Any = client.show(model).license
    return licence_of(text) if text else UNKNOWN


def _no_model(wanted: str, models: Iterable[Model]) -> Problem:
    there = ", ".join(model.name for model in models)
    if wanted:
        return Problem(
            f"Ollama has no model “{wanted}”" + (f"; it has {there}." if there else "."), f"ollama pull {wanted}"
        )
    return Problem("Ollama has no model that writes.", f"ollama pull {RECOMMENDED}")


def _short(text: str) -> str:
    return " ".join(text.split())[:200].rstrip(".") + "."
