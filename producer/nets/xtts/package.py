"""Bringing coqui-tts in, with what is named here put right.

torchaudio: its compiled part fits one torch only, and importing it beside another one fails. XTTS needs none of that part
(mel spectra and resampling are written in Python), so that a torchaudio whose library cannot be loaded goes without it.
"""

from __future__ import annotations

import importlib
import sys
import types
from importlib.util import find_spec
from typing import Any

from config.errors import Unavailable

INSTALL = 'pip install "dailies[xtts]"'
NEEDED = {"torch": "torch", "torchaudio": "torchaudio", "torchcodec": "torchcodec", "TTS": "coqui-tts"}
"""Module → package. coqui-tts asks for torchcodec to be there; no code of it is used here."""


def missing_packages() -> list[str]:
    return [package for module, package in NEEDED.items() if find_spec(module) is None]


def coqui(module: str) -> Any:
    """A module of coqui-tts. Raises Unavailable when it cannot be imported, with the reason."""
    try:
        _import_torchaudio()
        return importlib.import_module(module)
    except (ImportError, OSError, RuntimeError) as error:
        reason = str(error).strip().splitlines() or [type(error).__name__]
        raise Unavailable(f"The package coqui-tts cannot be used here: {reason[0]}", f"Run `{INSTALL}`.") from error


def _import_torchaudio() -> None:
    try:
        importlib.import_module("torchaudio")
    except OSError:
        for name in [name for name in sys.modules if name.split(".")[0] == "torchaudio"]:
            del sys.modules[name]
        bare: Any = types.ModuleType("torchaudio._extension")
        bare._IS_TORCHAUDIO_EXT_AVAILABLE = bare._IS_ALIGN_AVAILABLE = False
        bare.fail_if_no_align = lambda function: function
        sys.modules["torchaudio._extension"] = bare
        importlib.import_module("torchaudio")
