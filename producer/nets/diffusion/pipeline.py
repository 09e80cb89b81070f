"""A pipeline of diffusers on a device: from words to a picture, at a profile, with LoRAs, until somebody says stop."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import diffusers
import numpy as np
import numpy.typing as npt
import torch
import transformers

from config.errors import BadInput, EngineError, OutOfMemory, Unavailable
from producer.engines.scene.folder import Unfit, examine, tensor_names, variant_of, whole
from producer.engines.scene.painters import FULL, OFFLOAD, Painter, fetching

Pixels = npt.NDArray[np.uint8]
OPTIONAL_PARTS = ("safety_checker", "feature_extractor", "image_encoder")


@dataclass(frozen=True)
class Picture:
    """What is asked for. `seed` gives the same noise on every device: it is drawn on the CPU."""

    prompt: str
    avoided: str
    width: int
    height: int
    steps: int
    guidance: float
    seed: int
    loras: Mapping[str, tuple[Path, float]]
    """Name → file and weight."""


class Pipeline:
    """`device`: cpu, cuda:0 …, or auto. Raises Unavailable for a folder that is not the painter's model, and OutOfMemory,
    then and later, where a GPU is too small."""

    def __init__(self, folder: Path, painter: Painter, profile: str = FULL, device: str = "auto") -> None:
        self._painter = painter
        self._on_gpu = device.startswith("cuda") or (device == "auto" and torch.cuda.is_available())
        self._device = (device if device.startswith("cuda") else "cuda") if self._on_gpu else "cpu"
        self._loras: dict[str, Path] = {}
        with self._computing():
            self._pipe = self._place(self._read(folder), profile)

    def paint(self, picture: Picture, on_step: Callable[[float], None]) -> tuple[Pixels, bool]:
        """RGB (height, width, 3), and whether the model's own safety checker would rather not show it.

        `on_step` is told the fraction that is done after each step; what it raises ends the work.
        """
        self._use(picture.loras)

        def step_ended(_pipe: Any, number: int, _time: Any, tensors: dict[str, Any]) -> dict[str, Any]:
            on_step((number + 1) / picture.steps)
            return tensors

        asked: dict[str, Any] = {"negative_prompt": picture.avoided} if self._painter.heeds_avoid else {}
        with _quietly(), self._computing():
            made = self._pipe(
                prompt=picture.prompt, width=picture.width, height=picture.height,
                num_inference_steps=picture.steps, guidance_scale=picture.guidance,
                generator=torch.Generator("cpu").manual_seed(picture.seed), callback_on_step_end=step_ended, **asked,
            )  # fmt: skip
        flagged = any(getattr(made, "nsfw_content_detected", None) or ())
        return np.array(made.images[0].convert("RGB"), np.uint8), flagged

    def close(self) -> None:
        """Give the device's memory back."""
        del self._pipe
        if self._on_gpu:
            torch.cuda.empty_cache()

    def _read(self, folder: Path) -> Any:
        """The pipeline in memory; nothing but safetensors is read, and nothing is fetched."""
        painter = self._painter
        try:
            files = examine(folder, painter.pipeline)
            absent = {part: None for part in OPTIONAL_PARTS if not (folder / part).is_dir()}
            given = absent if painter.pipeline == "StableDiffusionPipeline" else {}
            precision = getattr(torch, painter.precision) if self._on_gpu else torch.float32
            with _quietly():
                pipe = getattr(diffusers, painter.pipeline).from_pretrained(
                    str(folder), dtype=precision, variant=variant_of(files), use_safetensors=True,
                    local_files_only=True, **given,
                )  # fmt: skip
            _complete(pipe, folder)
        except (EngineError, torch.OutOfMemoryError):
            raise
        except Exception as error:  # diffusers has no errors of its own for a wrong folder: anything may come
            reason = str(error) if isinstance(error, Unfit) else f"it cannot be read ({_short(error)})"
            raise Unavailable(
                f"The folder {folder.name} is no {painter.title}: {reason}.", f"Fetch it again: {fetching(painter)}"
            ) from error
        pipe.set_progress_bar_config(disable=True)
        return pipe

    def _place(self, pipe: Any, profile: str) -> Any:
        if profile != FULL:
            pipe.vae.enable_tiling()
            if hasattr(pipe, "unet"):  # newer networks have attention that needs no slicing
                pipe.enable_attention_slicing()
        if profile == OFFLOAD and self._on_gpu:
            pipe.enable_model_cpu_offload(device=self._device)
            return pipe
        return pipe.to(self._device)

    def _use(self, loras: Mapping[str, tuple[Path, float]]) -> None:
        """Exactly these LoRAs, each at its weight. Raises BadInput for one that is not this model's."""
        for name, (path, _) in loras.items():
            if self._loras.get(name) == path:
                continue
            try:
                whole(path)
                with _quietly():
                    self._pipe.load_lora_weights(str(path.parent), weight_name=path.name, adapter_name=name)
            except Exception as error:  # as above
                reason = str(error) if isinstance(error, Unfit) else _short(error)
                raise BadInput(
                    f"The LoRA {name} does not fit {self._painter.title}: {reason}.",
                    "Take it out of the show, or put one that was trained for this model in its place.",
                ) from error
            self._loras[name] = path
        if loras:
            self._pipe.enable_lora()
            self._pipe.set_adapters(list(loras), [weight for _, weight in loras.values()])
        elif self._loras:
            self._pipe.disable_lora()

    @contextmanager
    def _computing(self) -> Iterator[None]:
        try:
            yield
        except torch.OutOfMemoryError as error:
            raise OutOfMemory(
                f"{self._painter.title} does not fit into the memory of {self._device}.",
                "Free some, or use a smaller model.",
            ) from error


def _complete(pipe: Any, folder: Path) -> None:
    """diffusers fills tensors that a file lacks with random numbers; here that is refused."""
    for part in ("unet", "transformer"):
        network = getattr(pipe, part, None)
        if network is None:
            continue
        there = tensor_names(folder / part)
        if missing := sorted(set(network.state_dict()) - there):
            raise Unfit(f"its part {part} lacks {len(missing)} tensors, {missing[0]} first")


@contextmanager
def _quietly() -> Iterator[None]:
    """Without bars on the terminal, and without what both libraries tell about files that they do not need."""
    loggers = (diffusers.utils.logging, transformers.utils.logging)
    levels = [logger.get_verbosity() for logger in loggers]
    for logger in loggers:
        logger.set_verbosity_error()
        logger.disable_progress_bar()
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.set_verbosity(level)
            logger.enable_progress_bar()


def _short(error: Exception) -> str:
    said = str(error).strip().splitlines()
    return f"{type(error).__name__}: {said[0]}"[:200].rstrip(".") if said else type(error).__name__
