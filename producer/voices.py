"""The voices that this machine has or could have, as data, and what each of them sounds like."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Literal

from config.errors import Unavailable, UnknownName, UsageError
from producer.engines.base import Context, Engine, HasVoices
from producer.engines.registry import Registry
from producer.engines.requests import LineOptions, LineRequest
from producer.speech.languages import primary
from storage.artifacts import FolderStore
from storage.documents import Frozen

SAMPLES = {
    "en": "Good morning, this is {}. A ferry returns after nine years, and 300 people are glad.",
    "es": "Buenos días, soy {}. Un ferri vuelve después de nueve años, y 300 personas se alegran.",
    "fr": "Bonjour, ici {}. Un ferry revient après neuf ans, et 300 personnes sont heureuses.",
    "it": "Buongiorno, sono {}. Un traghetto torna dopo nove anni, e 300 persone sono contente.",
    "pt": "Bom dia, eu sou {}. Uma balsa volta depois de nove anos, e 300 pessoas estão felizes.",
    "hi": "नमस्कार, मैं {} हूँ। नौ साल बाद नाव लौटी है, और 300 लोग ख़ुश हैं।",
    "ja": "おはようございます、{}です。9年ぶりに船が戻り、300人が喜んでいます。",
    "zh": "早上好，我是{}。九年之后，渡轮又回来了，有300人为此高兴。",
}
"""One or two sentences with a name and a number, by language."""


class Voice(Frozen):
    """One voice. `id` is what a presenter's `voices` names; `cure` is the command that brings it here."""

    id: str
    name: str
    language: str
    """A BCP 47 tag."""
    gender: Literal["female", "male", "any"]
    engine: str
    licence: str
    here: bool
    cure: str = ""
    borrowed: bool = False
    """The voice of a presenter who gave samples of it: there is nothing to hear without them."""


def list_voices(registry: Registry, language: str = "") -> tuple[Voice, ...]:
    """All voices of all engines, or those that speak a language. Nothing is loaded."""
    found = []
    for engine_id in registry.ids():
        engine = registry.create(engine_id)
        if not isinstance(engine, HasVoices):
            continue
        licence = engine.info.weights_licence or engine.info.code_licence
        found += [
            Voice(
                id=voice.id, name=voice.name, language=voice.language, gender=voice.gender, engine=engine_id,
                licence=licence.name, here=voice.here, cure="" if voice.here else _cure(engine), borrowed=voice.borrowed,
            )
            for voice in engine.catalogue()
            if not language or primary(voice.language) == primary(language)
        ]  # fmt: skip
    return tuple(found)


def _cure(engine: Engine) -> str:
    """What would bring a voice here: what the engine lacks, or else its files."""
    problems = engine.check()
    return problems[-1].cure if problems else f"run.py pull {engine.info.id}"


def find_voice(voices: tuple[Voice, ...], engine: str, voice_id: str) -> Voice:
    """Raises UnknownName."""
    for voice in voices:
        if (voice.engine, voice.id) == (engine, voice_id):
            return voice
    raise UnknownName("voice", f"{engine}/{voice_id}", [f"{voice.engine}/{voice.id}" for voice in voices])


def save_sample(registry: Registry, voice: Voice, folder: Path) -> Path:
    """A WAV file in which the voice introduces itself; made once. Raises Unavailable when the voice is not here."""
    if not voice.here:
        raise Unavailable(f"The voice “{voice.id}” is not installed.", f"Run `{voice.cure}`.")
    if voice.borrowed:
        raise UsageError(f"{voice.engine} speaks in a presenter's own voice.", "Hear it in a clip of theirs.")
    engine = registry.create(voice.engine)
    assert isinstance(engine, HasVoices)
    target = folder / f"{voice.engine}-{engine.info.version}-{voice.id}.wav"
    if target.is_file():
        return target
    folder.mkdir(parents=True, exist_ok=True)
    language = primary(voice.language)
    options = LineOptions(text=SAMPLES[language].format(voice.name), language=language, voice=voice.id)
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        store = FolderStore(Path(scratch) / "store")
        line = engine.run(LineRequest(options), Context(Path(scratch), store))
        os.replace(store.fetch(line.audio), target)  # noqa: PTH105 (the same folder tree: atomic)
    return target
