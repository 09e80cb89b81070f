"""A script by a model in this very process: llama.cpp (through xllamacpp) and any GGUF file. Needs no server.

xllamacpp's `Server` takes the same questions as llama.cpp's own server and hands every piece of the answer to a function;
it stops when that function returns True. It also listens on a loopback port, open to every program of this machine
unless it wants a key: so it is given one that nobody knows.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from config.errors import Unavailable
from producer.engines.base import EngineInfo, Licence, Problem
from producer.engines.script.chat import body_of, piece_of
from producer.engines.script.gguf import Card, read_card
from producer.engines.script.model import MODELS_OWN, VERSION, ModelWriter, Question
from producer.engines.servers import ModelServer
from producer.machine import has_gpu

CONTEXT_TOKENS = 8_192
CONTEXT_MB = 1_500
"""What the context takes beside the model, in memory: two thirds of it for a model of eight billion parameters."""
EVERY_LAYER, NO_LAYER = -1, 0
PACKAGE, EXTRA = "xllamacpp", "pip install 'dailies[llamacpp]'"

FACTS = EngineInfo(
    id="llamacpp",
    stage="script",
    version=VERSION,
    title="llama.cpp",
    code_licence=Licence("MIT"),
    weights_licence=MODELS_OWN,
    weights="a GGUF file of yours",
    cures=(
        EXTRA,
        "Put a GGUF file into weights/llamacpp of the data folder, or name it in the setting [llamacpp] model.",
    ),
)


class LlamaCpp(ModelWriter):
    """`server.model` names the file; without it, it is the only one in `weights_folder`, or the largest of several."""

    weights_folder: Path | None = None

    def __init__(self) -> None:
        self.server = ModelServer("")
        self._facts = FACTS
        self._running: Any = None

    @property
    def info(self) -> EngineInfo:
        return self._facts

    def check(self) -> list[Problem]:
        if find_spec(PACKAGE) is None:
            return [Problem(f"The package {PACKAGE} is not installed.", EXTRA)]
        path = self._file()
        if path is None:
            return [Problem("No language model lies here.", FACTS.cures[1])]
        try:
            card = read_card(path)
        except Unavailable as error:
            return [Problem(error.message, error.cure)]
        self._facts = _facts(card)
        return []

    def load(self, device: str = "cpu") -> None:
        super().load(device)
        path = self._file()
        assert path is not None  # `check` has just read it
        import xllamacpp

        wanted = xllamacpp.CommonParams()
        wanted.model.path, wanted.n_ctx, wanted.n_parallel, wanted.warmup = str(path), CONTEXT_TOKENS, 1, False
        wanted.n_gpu_layers = NO_LAYER if device == "cpu" else EVERY_LAYER
        wanted.cpuparams.n_threads = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 0
        wanted.api_keys, wanted.ui, wanted.verbosity = [secrets.token_urlsafe()], False, -1
        try:
            self._running = xllamacpp.Server(wanted)
        except RuntimeError as error:
            raise Unavailable(
                f"llama.cpp cannot load {path.name}.",
                "Is the file whole, and its kind known to this version? Try another.",
            ) from error

    def unload(self) -> None:
        """Its threads end and its memory is free when nobody holds it any more."""
        self._running = None

    async def answer(self, question: Question) -> AsyncIterator[str]:
        heard: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
        loop, server, stop = asyncio.get_running_loop(), self._running, threading.Event()

        def hear(event: dict[str, Any] | None) -> bool:
            if not stop.is_set():
                loop.call_soon_threadsafe(heard.put_nowait, event)
            return stop.is_set()

        threading.Thread(target=_ask, args=(server, question, hear), daemon=True, name="llama.cpp").start()
        try:
            while (event := await heard.get()) is not None:
                if piece := piece_of(event):
                    yield piece
        finally:
            stop.set()  # the thread ends with the next piece, which nobody hears

    def _file(self) -> Path | None:
        if self.server.model:
            return Path(self.server.model).expanduser()
        folder = self.weights_folder
        files = [] if folder is None or not folder.is_dir() else sorted(folder.glob("*.gguf"))
        return max(files, key=lambda file: file.stat().st_size, default=None)


def _ask(server: Any, question: Question, hear: Callable[[dict[str, Any] | None], bool]) -> None:
    """Hands on every event of the answer, and None at its end."""
    try:
        server.handle_chat_completions(body_of(question, with_schema=True), hear)
    except (ValueError, RuntimeError) as error:  # a prompt that it cannot take
        hear({"error": str(error)})
    hear(None)


def _facts(card: Card) -> EngineInfo:
    memory = card.size_mb + CONTEXT_MB if has_gpu() else 0
    return replace(
        FACTS, lane="gpu" if has_gpu() else "cpu", memory_mb=memory, weights=f"{card.name}@{card.fingerprint}",
        weights_licence=card.licence,
    )  # fmt: skip
