"""Reading speech back: Whisper through faster-whisper, where both it and its weights are here.

The weights are a folder `whisper` beside the engines' own, in the format of CTranslate2: config.json, model.bin,
tokenizer.json, vocabulary.json (such as Systran/faster-whisper-base, MIT).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from config.errors import BadInput, Unavailable
from producer.speech.languages import UNSPACED, primary
from producer.speech.sound import Samples

RATE = 16000
FOLDER = "whisper"
FILES = ("config.json", "model.bin", "tokenizer.json", "vocabulary.json")
PACKAGE = 'pip install "dailies[listen]"'
SURE = 0.5
"""How sure the listener must be of the language it names."""


@dataclass(frozen=True)
class Transcript:
    text: str
    language: str


class Ears:
    """Listens. Loads on first use; `weights` is the folder of all engines' weights."""

    def __init__(self, weights: Path | None) -> None:
        self._folder = weights / FOLDER if weights else None
        self._model: Any = None

    @property
    def problem(self) -> str:
        """What keeps it from listening here; "" = nothing."""
        if find_spec("faster_whisper") is None:
            return f"faster-whisper is not installed: {PACKAGE}"
        if self._folder is None or not all((self._folder / name).is_file() for name in FILES):
            return f"Whisper's weights are not here: put {', '.join(FILES)} into {self._folder or FOLDER}"
        return ""

    def close(self) -> None:
        self._model = None

    def hear(self, audio: Samples, language: str = "", look_up: Callable[[], None] = lambda: None) -> Transcript:
        """What is said in mono samples at `RATE`; `language` "" = find out. Raises Unavailable; BadInput when nobody
        speaks, or in a language it is not sure of."""
        if self.problem:
            raise Unavailable("Nobody here can write down what is said.", self.problem)
        if self._model is None:
            self._model = self._loaded()
        code = primary(language) if language else None
        segments, facts = self._model.transcribe(
            audio, language=code, beam_size=5, condition_on_previous_text=False, temperature=0.0,
            no_repeat_ngram_size=4, vad_filter=code is None,
        )  # fmt: skip
        parts = []
        for segment in segments:
            look_up()
            parts.append(segment.text.strip())
        spoken = str(facts.language)
        text = ("" if spoken in UNSPACED else " ").join(part for part in parts if part)
        if code is None and (not text or facts.language_probability < SURE):
            raise BadInput("No speech is understood in this recording.", "Give its script, or name its language.")
        return Transcript(text, spoken)

    def _loaded(self) -> Any:
        from faster_whisper import WhisperModel

        try:
            return WhisperModel(str(self._folder), device="cpu", compute_type="int8", cpu_threads=1)
        except Exception as error:
            raise Unavailable("Whisper's weights cannot be read.", f"Put them into {self._folder} again.") from error
