"""A real language model with real weights: behind llama.cpp's server with OpenAI's protocol, and in this very process.

The model is a very small one (135 million parameters) that writes poor English. It proves the wiring: either way our schema
is taken and kept to, an answer stops when we hang up, and what is no script is handed to the next writer.
"""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from config.errors import Cancelled, Unavailable
from producer.engines.requests import ScriptOptions
from producer.engines.script.llamacpp import LlamaCpp
from producer.engines.script.model import ModelWriter, Question, task_of
from producer.engines.script.openai_compatible import OpenAICompatible
from producer.engines.script.prompting import first_messages
from producer.engines.script.reply import schema
from producer.engines.servers import ModelServer
from tests.support import pulled
from tests.support.writing import TOPIC, write

pytestmark = [pytest.mark.proof, pytest.mark.timeout(1200)]
pytest.importorskip("xllamacpp", reason="pip install xllamacpp")

MODELS = Path(__file__).parents[3] / "support" / "models.toml"
SERVE = """
import sys, time, xllamacpp
parameters = xllamacpp.CommonParams()
parameters.model.path, parameters.n_ctx, parameters.n_parallel, parameters.warmup = sys.argv[1], 8192, 1, False
server = xllamacpp.Server(parameters)
print("serving", server.listening_address, flush=True)
time.sleep(3600)
"""


@pytest.fixture(scope="module", params=["behind a server", "in this process"])
def engine(request: pytest.FixtureRequest) -> Iterator[ModelWriter]:
    weights = pulled.weights("smollm2", MODELS) / "smollm2.gguf"
    with _served(weights) if request.param == "behind a server" else _here(weights) as engine:
        yield engine


@contextmanager
def _here(weights: Path) -> Iterator[LlamaCpp]:
    engine = LlamaCpp()
    engine.server = ModelServer("", str(weights))
    engine.load()
    yield engine
    engine.unload()


@contextmanager
def _served(weights: Path) -> Iterator[OpenAICompatible]:
    command = [sys.executable, "-c", SERVE, str(weights)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        address = next(m[1] for line in server.stdout if (m := re.match(r"serving (\S+)", line)))
        engine = OpenAICompatible()
        engine.server = ModelServer(f"{address}/v1", silence_s=300)
        yield engine
        server.kill()


@pytest.fixture(autouse=True)
def short_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """So small a model goes on for ever: it is cut off in the middle, which an answer has to survive anyway."""
    monkeypatch.setattr("producer.engines.script.chat.MOST_TOKENS", 60)


def test_the_schema_is_taken_and_kept_to(engine: ModelWriter) -> None:
    engine.load()
    task, _ = task_of(ScriptOptions(topic=TOPIC, length_s=15), seed=1)
    asked = first_messages(task.options, task.source, task.budget, own_words=False)

    async def answer() -> str:
        return "".join([piece async for piece in engine.answer(Question(asked, schema(), seed=1))])

    assert re.match(r'\s*\{\s*"title"\s*:\s*"', asyncio.run(answer()))


def test_an_answer_that_is_no_script_goes_to_the_next_writer(engine: ModelWriter, tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="no usable script"):
        write(engine, tmp_path, length_s=15)


def test_it_stops_in_the_middle(engine: ModelWriter, tmp_path: Path) -> None:
    stop = threading.Event()
    threading.Timer(1.0, stop.set).start()
    with pytest.raises(Cancelled):
        write(engine, tmp_path, hooks={"cancelled": stop.is_set})


def test_a_file_cut_short_is_refused_in_one_line(tmp_path: Path) -> None:
    whole = pulled.weights("smollm2", MODELS) / "smollm2.gguf"
    cut = tmp_path / "cut.gguf"
    cut.write_bytes(whole.read_bytes()[: 40 << 20])
    engine = LlamaCpp()
    engine.server = ModelServer("", str(cut))
    assert engine.check() == []  # its head is whole
    with pytest.raises(Unavailable, match=r"cannot load cut\.gguf"):
        engine.load()


def test_its_port_is_closed_to_those_without_the_key(tmp_path: Path) -> None:
    with _here(pulled.weights("smollm2", MODELS) / "smollm2.gguf") as engine:
        address = engine._running.listening_address
        assert httpx.post(f"{address}/v1/chat/completions", json={"messages": []}).status_code == 401
