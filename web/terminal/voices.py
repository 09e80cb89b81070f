"""`run.py voices`: which voices there are, and a sample of each."""

from __future__ import annotations

import json
from pathlib import Path

from rich.console import Console

from config.errors import UnknownName
from producer.engines.registry import Registry
from producer.voices import Voice, find_voice, list_voices, save_sample


def chosen_voices(registry: Registry, language: str, only: str) -> tuple[Voice, ...]:
    """The voices of a language, or the one that is named `ENGINE/VOICE`. Raises UnknownName."""
    voices = list_voices(registry, language)
    if only:
        return (find_voice(voices, *only.partition("/")[::2]),)
    if language and not voices:
        raise UnknownName("language with a voice", language, sorted({v.language[:2] for v in list_voices(registry)}))
    return voices


def show_voices(voices: tuple[Voice, ...], console: Console, *, as_json: bool) -> None:
    """A line for each voice, or all of them as JSON."""
    if as_json:
        console.print(json.dumps({"voices": [voice.model_dump() for voice in voices]}), markup=False, soft_wrap=True)
        return
    for voice in voices:
        state = "here" if voice.here else f"not here: {voice.cure}"
        console.print(
            f"{voice.id:<14} {voice.name:<12} {voice.language:<6} {voice.gender:<7} {voice.engine:<9} "
            f"{voice.licence:<11} {state}",
            markup=False, soft_wrap=True,
        )  # fmt: skip


def save_samples(registry: Registry, voices: tuple[Voice, ...], folder: Path, console: Console) -> None:
    """Write a sample of every voice that is here."""
    for voice in voices:
        if voice.borrowed:
            continue
        if voice.here:
            console.print(str(save_sample(registry, voice, folder)), markup=False, soft_wrap=True)
        else:
            console.print(f"{voice.id} is not here; fetch it with: {voice.cure}", markup=False, soft_wrap=True)
