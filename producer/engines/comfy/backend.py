"""What both engines share that have a ComfyUI work: where it is, the workflow, what it lacks, and its memory."""

from __future__ import annotations

import hashlib
from abc import ABC
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from config.errors import EngineError, Unavailable
from producer.engines.base import Context, EngineInfo, Licence, Problem, Stage
from producer.engines.comfy.workflow import Unfit, Workflow, read_workflow
from producer.engines.servers import ModelServer
from producer.machine import has_gpu

if TYPE_CHECKING:
    from producer.engines.comfy.server import Comfy, File

    Chosen = tuple[File, bytes]

MEMORY_MB = 12_000
"""Of device memory, where it works on this machine: nobody knows what a workflow takes until it was seen."""
SEEDS = 2**32
WORKED = 0.85
URL = 'Put its address into url in the [comfyui] of dailies.toml: "http://127.0.0.1:8188".'


class ComfyBackend(ABC):
    """`server` and `weights_folder` are set by the registry. The workflow lies in the folder, named after the stage."""

    weights_name = "comfyui"
    stage: ClassVar[Stage]
    engine_id: ClassVar[str]
    title: ClassVar[str]
    code: ClassVar[str] = "GPL-3.0-only"
    needed: ClassVar[tuple[str, ...]]
    endings: ClassVar[tuple[str, ...]]
    """Of files that it is to make."""

    def __init__(self) -> None:
        self.server = ModelServer("")
        self.weights_folder: Path | None = None
        self._used = False

    @property
    def info(self) -> EngineInfo:
        here = self.server.is_here and has_gpu()
        return EngineInfo(
            id=self.engine_id,
            stage=self.stage,
            version="1",
            title=self.title,
            code_licence=Licence(self.code),
            weights_licence=Licence("the models of your workflow", "unclear"),
            lane="gpu" if here else "cpu",
            memory_mb=MEMORY_MB if here else 0,
            weights=self._fingerprint(),
            cures=(URL, f"Export a workflow for its API as {self._place()}."),
        )

    def check(self) -> list[Problem]:
        if not self.server.url:
            return [Problem("No ComfyUI is named.", URL)]
        if not self._place().is_file():
            return [
                Problem(f"There is no workflow for {self.stage}.", f"Export one for ComfyUI's API as {self._place()}.")
            ]
        try:
            self.workflow()
            if find_spec("websockets") is None:
                return [Problem("The package websockets is not installed.", "pip install websockets")]
            with self.talking() as comfy:
                comfy.look()
        except EngineError as error:
            return [Problem(error.message, error.cure)]
        return []

    def load(self, device: str = "cpu") -> None:
        """The server loads its models itself, when they are first used."""
        for problem in self.check():
            raise Unavailable(problem.message, problem.cure)

    def unload(self) -> None:
        """Have the server let go of its memory, where it is this machine's."""
        if not self._used or not self.server.is_here:
            return
        self._used = False
        try:
            with self.talking() as comfy:
                comfy.free()
        except EngineError:
            return  # a server that is gone holds no memory

    def talking(self) -> Comfy:
        from producer.engines.comfy.server import Comfy

        return Comfy(self.server)

    def workflow(self) -> Workflow:
        """Raises Unavailable with what is wrong with the file."""
        try:
            return read_workflow(self._place().read_text("utf-8"), self.needed)
        except (Unfit, OSError, UnicodeDecodeError) as reason:
            raise Unavailable(
                f"The workflow {self._place().name} cannot be used: {reason}.", "docs/scenes.md says how to make one."
            ) from reason

    def made(self, comfy: Comfy, context: Context, **values: str | int) -> Chosen:
        """The file that a workflow makes, and its bytes. Raises EngineError when it makes none of the right kind."""
        workflow, self._used = self.workflow(), True
        seed = {"seed": int(values.pop("seed")) % SEEDS} if "seed" in values else {}
        nodes = workflow.filled(**values, **seed)
        files = comfy.run(
            nodes, lambda share: context.progress(WORKED * share, "working in ComfyUI"), context.stop_if_cancelled
        )
        kept = [file for file in files if not workflow.output or file.node == workflow.output]
        kept = [file for file in kept if file.filename.lower().endswith(self.endings)]
        if not kept:
            kinds = ", ".join(self.endings)
            raise EngineError(
                f"The workflow ended and made no file of these kinds: {kinds}.", "Give it a node that saves one."
            )
        kept.sort(key=lambda file: file.type != "output")
        context.stop_if_cancelled()
        return kept[0], comfy.fetch(kept[0])

    def _place(self) -> Path:
        return (self.weights_folder or Path("weights") / self.weights_name) / f"{self.stage}.json"

    def _fingerprint(self) -> str:
        """Of the workflow: it names its models."""
        place = self._place()
        return hashlib.sha256(place.read_bytes()).hexdigest()[:16] if place.is_file() else "not here"
