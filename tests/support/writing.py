"""A topic to write about, what a good model would say of it, and how tests have it written."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

from producer.engines.base import Context
from producer.engines.requests import ScriptOptions, ScriptRequest
from producer.engines.script.model import ModelWriter
from producer.engines.script.ollama import Ollama
from producer.engines.script.openai_compatible import OpenAICompatible
from storage.artifacts import FolderStore
from storage.documents import Attribution, Script
from storage.orders import TopicCopy
from tests.support.model_server import Act, Brain, Says, World

SENTENCES = (
    "Otters return to the harbour",
    "Otters have come back to the harbour after forty years.",
    "The town counted eleven animals this spring.",
    "Cleaner water brought back the fish they eat.",
    "“We never stopped hoping,” said Ana Ruiz, who runs the aquarium.",
    "Boats must now slow down near the old pier.",
)
OWN = Attribution(name="Harbour Gazette", url="https://gazette.example/otters", title=SENTENCES[0], rights="own")
QUOTE = OWN.model_copy(update={"rights": "quote"})
TOPIC = TopicCopy(title=SENTENCES[0], text=" ".join(SENTENCES[1:]), source=OWN)
GOOD = (
    ("The otters are back in the harbour.", 2),
    ("After forty years away, eleven animals were counted by the town this spring.", 2, 3),
    ("Cleaner water brought the fish back that they eat.", 4),
    ("Ana Ruiz, who runs the aquarium, never stopped hoping.", 5),
    ("Near the old pier, boats must slow down now.", 6),
)
"""Lines that the sentences with these numbers support."""
Line = tuple[Any, ...]


def reply(*lines: Line, **fields: Any) -> str:
    """A model's answer with these lines, each a text and the numbers of its sentences."""
    told = [{"source": list(numbers), "text": text} for text, *numbers in lines or GOOD]
    whole = {
        "title": "Otters are back in the harbour", "lines": told, "call_to_action": "",
        "scene": "A calm harbour at dawn with an old wooden pier.", "keywords": ["otters", "harbour", "spring"], **fields,
    }  # fmt: skip
    return json.dumps(whole, ensure_ascii=False)


def always(*acts: Act | str) -> Brain:
    """A brain that does these one after the other, and then the last again and again."""
    left = [Says(act) if isinstance(act, str) else act for act in acts]

    def brain(_question: dict[str, Any]) -> Act:
        return left.pop(0) if len(left) > 1 else left[0]

    return brain


class Canceller:
    """Cancels the work a moment after the model was asked."""

    def __init__(self, act: Says) -> None:
        self._act, self._asked_to = act, threading.Event()

    def brain(self, _question: dict[str, Any]) -> Act:
        threading.Timer(0.2, self._asked_to.set).start()
        return self._act

    def cancelled(self) -> bool:
        return self._asked_to.is_set()


def writer(world: World, *, openai: bool = False, model: str = "") -> ModelWriter:
    """An engine that is given this server, as the registry would."""
    engine: ModelWriter = OpenAICompatible() if openai else Ollama()
    server = world.openai if openai else world.ollama
    engine.server = type(server)(server.url, model, silence_s=server.silence_s)
    return engine


def write(engine: ModelWriter, folder: Path, topic: TopicCopy = TOPIC, seed: int = 7, **more: Any) -> Script:
    """Load the engine and have it write. `hooks` go to the context, everything else to the options."""
    hooks = more.pop("hooks", {})
    folder.mkdir(parents=True, exist_ok=True)
    engine.load()
    options = ScriptOptions(topic=topic, **{"length_s": 30, **more})
    return engine.run(ScriptRequest(options, seed), Context(folder, FolderStore(folder / "artifacts"), **hooks))
