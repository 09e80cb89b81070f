"""Bringing pocket-tts in. It sets torch's threads to one for the whole process when it is imported; that is put back."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

from config.errors import Unavailable

INSTALL = 'pip install "dailies[pocket]"'
NEEDED = {"torch": "torch", "pocket_tts": "pocket-tts"}
"""Module → package."""


def missing_packages() -> list[str]:
    return [package for module, package in NEEDED.items() if find_spec(module) is None]


def pocket() -> Any:
    """The package's class of models. Raises Unavailable when it cannot be imported, with the reason."""
    try:
        import torch

        threads = torch.get_num_threads()
        from pocket_tts import TTSModel

        torch.set_num_threads(threads)
    except (ImportError, OSError, RuntimeError) as error:
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise Unavailable(f"The package pocket-tts cannot be used here: {reason}", f"Run `{INSTALL}`.") from error
    return TTSModel
