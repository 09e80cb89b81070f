"""Kokoro: a neural voice for several languages (Apache-2.0), a few times faster than real time on one core.

The model is Kokoro-82M v1.0 (hexgrad) in int8, through onnxruntime. It reads the same phoneme alphabet as Hibari,
whose teacher it was, and shows its phoneme lengths in the same way. Letters become sounds without espeak, whose
licence (GPL) would reach into this program: English by Hibari's dictionary, Mandarin by pypinyin's, Japanese by
janome's where that is installed, the others by rule.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from config.errors import BadInput, Unavailable
from producer.engines.base import Context, EngineInfo, Licence, Problem, VoiceInfo
from producer.engines.line.letters import known_letters, reader
from producer.engines.line.spoken import readable, spoken_line
from producer.engines.requests import LineRequest
from producer.speech.languages import primary
from producer.speech.sound import Samples
from producer.speech.speaking import PhonemeVoice, speak
from producer.weights import read_lock
from storage.documents import SpokenLine

if TYPE_CHECKING:
    from producer.speech.lengths import TimedModel

ID = "kokoro"
NEEDED = {
    "hibari": "hibari-tts",
    "onnxruntime": "onnxruntime",
    "onnx": "onnx",
    "pypinyin": "pypinyin",
    "rjieba": "rjieba",
}
MODEL = "kokoro-v1.0.int8.onnx"
SAMPLE_RATE = 24000
FRAME_S = 0.025
"""One unit of the network's phoneme lengths: 600 samples."""
LONGEST = 400
"""Phoneme letters in one go; the model takes 510 and loses its breath before."""
STYLE_SIZE = 256
DEFAULTS = {
    "en": "af_heart", "es": "ef_dora", "fr": "ff_siwis", "it": "if_sara", "pt": "pf_dora", "hi": "hf_alpha", "ja": "jf_alpha",
    "zh": "zf_xiaoxiao",
}  # fmt: skip
OPTIONAL = {"ja": "janome"}
"""Languages that need a package of their own, and are spoken where it is installed."""
TAG_OF = {
    "a": "en-US", "b": "en-GB", "e": "es-ES", "f": "fr-FR", "i": "it-IT", "p": "pt-BR", "h": "hi-IN", "j": "ja-JP", "z": "zh-CN",
}  # fmt: skip
"""The first letter of a voice's name tells its language: American, British, español, français, italiano, português, …"""


class Kokoro:
    """Speaks one line of any of its languages. Voices: the files in `weights_folder/voices`."""

    weights_folder: Path | None = None

    def __init__(self) -> None:
        self._lock = read_lock()[ID]
        self.info = EngineInfo(
            id=ID,
            stage="line",
            version="2",
            title="Kokoro",
            code_licence=Licence("Apache-2.0"),
            weights_licence=Licence(self._lock.licence),
            languages=tuple(lang for lang in DEFAULTS if lang not in OPTIONAL or find_spec(OPTIONAL[lang])),
            weights=self._lock.fingerprint,
            cures=(f"run.py pull {ID}",),
        )
        self._model: TimedModel | None = None

    def check(self) -> list[Problem]:
        problems = [
            Problem(f"The package {package} is not installed.", f"pip install {package}")
            for module, package in NEEDED.items()
            if find_spec(module) is None
        ]
        if self._lock.missing(self.weights_folder):
            problems.append(Problem("Kokoro's weights are not installed.", f"run.py pull {ID}"))
        return problems

    def load(self, device: str = "cpu") -> None:
        self._model = self._loaded()

    def _loaded(self) -> TimedModel:
        from producer.speech.lengths import TimedModel

        for problem in self.check():
            raise Unavailable(problem.message, f"Run `{problem.cure}`.")
        return TimedModel(self._folder / MODEL)

    def unload(self) -> None:
        self._model = None

    def run(self, request: LineRequest, context: Context) -> SpokenLine:
        options = request.options
        readable(options, self.info)
        language = primary(options.language)
        name = self._voice_name(options.voice, language)
        voice = self.voice(name, language)

        def between(fraction: float) -> None:
            context.stop_if_cancelled()
            context.progress(fraction, "speaking")

        utterance = speak(
            options.text, voice, language, hints=options.hints, rate=options.rate, seed=request.seed, between=between
        )
        return spoken_line(utterance, options, name, context)

    def voice(self, name: str, language: str) -> PhonemeVoice:
        """One of `voices(language)`, to speak with. Raises Unavailable."""
        self._model = self._model or self._loaded()
        return _Voice(self._model, self._style(name), reader(language, british=name.startswith("b")))

    def voices(self, language: str) -> list[str]:
        """The voices that speak a language; the default one first."""
        names = [Path(file.name).stem for file in self._lock.files if file.name.startswith("voices/")]
        ours = [name for name in names if primary(TAG_OF.get(name[0], "")) == language]
        return sorted(ours, key=lambda name: name != DEFAULTS.get(language))

    def catalogue(self) -> tuple[VoiceInfo, ...]:
        missing = {file.name for file in self._lock.missing(self.weights_folder)}
        return tuple(
            VoiceInfo(
                name, name[3:].capitalize(), TAG_OF[name[0]], "female" if name[1] == "f" else "male",
                here=not {MODEL, f"voices/{name}.bin"} & missing,
            )
            for language in self.info.languages
            for name in self.voices(language)
        )  # fmt: skip

    def _voice_name(self, wanted: str, language: str) -> str:
        known = self.voices(language)
        name = wanted or known[0]
        if name not in known:
            raise BadInput(f"Kokoro has no voice “{name}” for “{language}”.", f"Choose one of {', '.join(known)}.")
        return name

    @property
    def _folder(self) -> Path:
        if self.weights_folder is None:
            raise Unavailable("Kokoro's weights are not installed.", f"Run `run.py pull {ID}`.")
        return self.weights_folder

    def _style(self, name: str) -> Any:
        """The voice: one style vector for each length of phoneme string."""
        import numpy as np

        return np.fromfile(self._folder / "voices" / f"{name}.bin", np.float32).reshape(-1, STYLE_SIZE)


class _Voice:
    """One voice in one language: a `PhonemeVoice`."""

    sample_rate = SAMPLE_RATE
    longest = LONGEST

    def __init__(self, model: TimedModel, style: Any, read: Callable[[str], str]) -> None:
        self._model = model
        self._style = style
        self._ids = known_letters()
        self.read = functools.lru_cache(maxsize=1024)(read)

    def speak(self, letters: str, rate: float, noise: Any) -> tuple[Samples, list[float]]:
        import numpy as np

        ids = np.array([[0, *(self._ids[letter] for letter in letters), 0]], np.int64)
        style = self._style[min(len(letters), len(self._style)) - 1][None]
        audio, frames = self._model.run({"tokens": ids, "style": style, "speed": np.array([rate], np.float32)})
        sound: Samples = audio.ravel().astype(np.float32)
        return sound, [float(count) * FRAME_S for count in frames.ravel()]
