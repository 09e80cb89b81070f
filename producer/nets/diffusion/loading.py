"""A pipeline of diffusers out of a folder and onto a device: nothing but safetensors is read, and nothing is fetched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import diffusers
import torch
import transformers

from config.errors import EngineError, Unavailable
from producer.engines.models.folder import Unfit, examine, tensor_names, variant_of
from producer.engines.models.row import FULL, OFFLOAD, Model, fetching
from producer.nets.device import Device


def read(
    folder: Path, model: Model, device: Device, loader: str = "", given: Mapping[str, Any] | None = None,
    full_precision: tuple[str, ...] = (),
) -> Any:  # fmt: skip
    """The pipeline in memory. `loader`: the class that reads it, where that is not the one that the folder names; `given`:
    parts that are not to be looked for in it; `full_precision`: parts that half of it would spoil.

    Raises Unavailable for a folder that is not this model.
    """
    try:
        files = examine(folder, model.pipeline)
        precision = getattr(torch, model.precision) if device.on_gpu else torch.float32
        dtypes = {"default": precision} | dict.fromkeys(full_precision, torch.float32)
        with quietly():
            pipe = getattr(diffusers, loader or model.pipeline).from_pretrained(
                str(folder), dtype=dtypes if full_precision else precision, variant=variant_of(files),
                use_safetensors=True, local_files_only=True, **(given or {}),
            )  # fmt: skip
        _complete(pipe, folder)
    except (EngineError, torch.OutOfMemoryError):
        raise
    except Exception as error:  # diffusers has no errors of its own for a wrong folder: anything may come
        reason = str(error) if isinstance(error, Unfit) else f"it cannot be read ({short(error)})"
        raise Unavailable(
            f"The folder {folder.name} is no {model.title}: {reason}.", f"Fetch it again: {fetching(model)}"
        ) from error
    pipe.set_progress_bar_config(disable=True)
    return pipe


def place(pipe: Any, profile: str, device: Device) -> Any:
    """The pipeline on a device, at a profile."""
    shrink(pipe, profile)
    return move(pipe, profile, device)


def shrink(pipe: Any, profile: str) -> None:
    """Have it work in parts, where the profile wants that."""
    if profile == FULL:
        return
    if hasattr(pipe.vae, "use_tiling"):  # else it has the method and not the means
        pipe.vae.enable_tiling()
    if hasattr(pipe, "unet"):  # newer networks have attention that needs no slicing
        pipe.enable_attention_slicing()
        if hasattr(pipe.unet, "enable_forward_chunking"):
            pipe.unet.enable_forward_chunking()


def move(pipe: Any, profile: str, device: Device) -> Any:
    """All of it to a device, or to be moved there part by part as it works."""
    if profile == OFFLOAD and device.on_gpu:
        pipe.enable_model_cpu_offload(device=device.name)
        return pipe
    return pipe.to(device.name)


@contextmanager
def quietly() -> Iterator[None]:
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


def short(error: Exception) -> str:
    said = str(error).strip().splitlines()
    return f"{type(error).__name__}: {said[0]}"[:200].rstrip(".") if said else type(error).__name__


def _complete(pipe: Any, folder: Path) -> None:
    """diffusers fills tensors that a file lacks with random numbers; here that is refused."""
    for part in ("unet", "transformer"):
        network = getattr(pipe, part, None)
        if network is None:
            continue
        there = tensor_names(folder / part)
        if missing := sorted(set(network.state_dict()) - there):
            raise Unfit(f"its part {part} lacks {len(missing)} tensors, {missing[0]} first")
