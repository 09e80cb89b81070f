"""A real language model with real weights behind a real server: llama.cpp's, with OpenAI's protocol.

The model is a very small one (135 million parameters) that writes poor English. It proves the wiring: its server takes
our schema, keeps to it and stops when we hang up, and what is no script is handed to the next writer.
"""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.errors import Cancelled, Unavailable
from producer.engines.requests import ScriptOptions
from producer.engines.script.model import Question, task_of
from producer.engines.script.openai_compatible import OpenAICompatible
from producer.engines.script.prompting import first_messages
from producer.engines.script.reply import schema
from producer.engines.servers import ModelServer
from producer.weights import pull
from tests.support.pulled import FOLDER
from tests.support.writing import TOPIC, write

pytestmark = [pytest.mark.proof, pytest.mark.timeout(1200)]
pytest.importorskip("xllamacpp", reason="pip install xllamacpp")

LOCK = Path(__file__).parents[3] / "support" / "models.toml"
SERVE = """
import sys, time, xllamacpp
parameters = xllamacpp.CommonParams()
parameters.model.path, parameters.n_ctx, parameters.n_parallel, parameters.warmup = sys.argv[1], 8192, 1, False
server = xllamacpp.Server(parameters)
print("serving", server.listening_address, flush=True)
time.sleep(3600)
"""


@pytest.fixture(scope="module")
def engine() -> Iterator[OpenAICompatible]:
    weights = pull("smollm2", FOLDER, lambda *_: None, lock=LOCK) / "smollm2.gguf"
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
    monkeypatch.setattr("producer.engines.script.openai_compatible.MOST_TOKENS", 60)


def test_its_server_takes_the_schema_and_keeps_to_it(engine: OpenAICompatible) -> None:
    engine.load()
    task, _ = task_of(ScriptOptions(topic=TOPIC, length_s=15), seed=1)
    asked = first_messages(task.options, task.source, task.budget, own_words=False)

    async def answer() -> str:
        return "".join([piece async for piece in engine.answer(Question(asked, schema(), seed=1))])

    assert re.match(r'\s*\{\s*"title"\s*:\s*"', asyncio.run(answer()))


def test_an_answer_that_is_no_script_goes_to_the_next_writer(engine: OpenAICompatible, tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="no usable script"):
        write(engine, tmp_path, length_s=15)


def test_it_stops_within_a_second(engine: OpenAICompatible, tmp_path: Path) -> None:
    stop = threading.Event()
    threading.Timer(1.0, stop.set).start()
    began = time.monotonic()
    with pytest.raises(Cancelled):
        write(engine, tmp_path, hooks={"cancelled": stop.is_set})
    assert time.monotonic() - began < 2.5
