"""Chatterbox speaks in a presenter's own voice in 20 languages: MIT, code and weights.

    samples ─▶ the best one ─┐
    line ─▶ sentences ───────┴▶ a program of its own that stays loaded ─▶ listened to, said again when wrong (`telling.py`)

A program because its packages would fight with the studio's (`config/environments.toml`). Each sound carries its authors'
inaudible watermark (Perth), which is left in. Chinese, Japanese and Hebrew are left out: for these it fetches further models.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np

from config.errors import EngineError, Unavailable
from producer.engines.base import Context, EngineInfo, Licence, Problem, VoiceInfo
from producer.engines.line.ears import Ears
from producer.engines.line.own_voice import best_samples, need_samples
from producer.engines.line.spoken import readable, spoken_line
from producer.engines.line.telling import Mouth, Teller
from producer.engines.requests import LineOptions, LineRequest
from producer.outside import answer, says_chatterbox
from producer.outside.environment import Environment, read_environments
from producer.outside.resident import Resident, never
from producer.outside.runner import Limits, Program
from producer.speech.languages import primary
from producer.speech.paced import paced
from producer.speech.sound import Samples
from producer.speech.wav import to_wav
from producer.weights import read_lock
from storage.documents import SpokenLine
from storage.orders import own_voice

ID = "chatterbox"
PULL = f"run.py pull {ID}"
LANGUAGES = (
    "en",
    "es",
    "fr",
    "de",
    "it",
    "pt",
    "pl",
    "tr",
    "ru",
    "nl",
    "ar",
    "ko",
    "hi",
    "sv",
    "fi",
    "da",
    "nb",
    "el",
    "sw",
    "ms",
)
ITS_NAMES = {"nb": "no"}
"""Languages that it calls otherwise."""
RATE = 24000
MOST_CHARACTERS = 300
"""Of a sentence: it ends after 1000 steps of 40 ms, and wanders off before that."""
EXAGGERATION, GUIDANCE = 0.5, 0.5
"""Its defaults: how lively it speaks, and how closely it keeps to the text."""
LOADING_S = 600.0
LIMITS = Limits(seconds=900, silence_s=600, memory_mb=16_000)
LONGEST_S = 60.0


class Chatterbox:
    """One line in the voice of `options.samples`."""

    environment_name = weights_name = ID
    weights_folder: Path | None = None
    environment_folder: Path | None = None

    def __init__(self, ears: Ears | None = None) -> None:
        """Ears are found beside the weights; whoever hands some in is listened to by them."""
        self._teller, self._device = Teller(ears), "auto"
        self._resident: Resident | None = None
        self._room: Path | None = None

    @property
    def info(self) -> EngineInfo:
        return EngineInfo(
            id=ID,
            stage="line",
            version="1",
            title="Chatterbox",
            code_licence=Licence("MIT"),
            weights_licence=Licence("MIT"),
            lane="gpu",
            languages=LANGUAGES,
            needs="samples",
            memory_mb=6000,
            weights=read_lock()[ID].fingerprint,
            cures=(PULL,),
        )

    def check(self) -> list[Problem]:
        problems = []
        if self._environment.made_of() != read_environments()[ID].digest:
            problems.append(Problem("The environment of Chatterbox is not here.", PULL))
        if missing := read_lock()[ID].missing(self.weights_folder):
            problems.append(Problem(f"Chatterbox lacks {missing[0].name}.", PULL))
        return problems

    def load(self, device: str = "cpu") -> None:
        """Starts the program and waits until its network is loaded."""
        for problem in self.check():
            raise Unavailable(problem.message, problem.cure)
        self.unload()
        self._device = device
        self._started()

    def unload(self) -> None:
        if self._resident is not None:
            self._resident.close()
        if self._room is not None:
            shutil.rmtree(self._room, ignore_errors=True)
        self._resident = self._room = None
        self._teller.close()

    def catalogue(self) -> tuple[VoiceInfo, ...]:
        here = not self.check()
        return tuple(
            VoiceInfo(f"own-{language}", "Their own", language, "any", here=here, borrowed=True)
            for language in LANGUAGES
        )

    def run(self, request: LineRequest, context: Context) -> SpokenLine:
        """Raises BadInput for a presenter without samples, or samples with too little in them; and what `Resident` does."""
        options, info = request.options, self.info
        readable(options, info)
        need_samples(options, info)
        context.stop_if_cancelled()
        context.progress(0.0, "learning the voice")
        resident = self._started(context)
        sample = self._sample(options, context)
        out, language = context.workdir / "sentence.f32", primary(options.language)

        def say(text: str, seed: int, look_up: object) -> Samples:
            order = {
                "text": text, "language": ITS_NAMES.get(language, language), "sample": str(sample), "seed": seed,
                "exaggeration": EXAGGERATION, "cfg_weight": GUIDANCE, "out": str(out),
            }  # fmt: skip
            out.unlink(missing_ok=True)
            answered = resident.ask(order, context.cancelled, context.log)
            return paced(_read(out, answered.get("rate")), RATE, options.rate)

        mouth = Mouth(ID, RATE, lambda text: len(text) <= MOST_CHARACTERS, say)
        utterance = self._teller.tell(request, mouth, self._all_weights, context)
        return spoken_line(utterance, options, own_voice(options.samples), context)

    def _started(self, context: Context | None = None) -> Resident:
        """The running program; started anew when it is gone."""
        if self._resident is not None and self._resident.running:
            return self._resident
        for problem in self.check():
            raise Unavailable(problem.message, problem.cure)
        self._room = self._room or Path(tempfile.mkdtemp(prefix="chatterbox-"))
        made, device = self._environment, self._device
        arguments = {"code": str(made.code / "src"), "weights": str(self.weights_folder), "device": device}
        command = [str(made.python), answer.__file__, says_chatterbox.__file__, json.dumps(arguments)]
        sees = {"CUDA_VISIBLE_DEVICES": ""} if device == "cpu" else {}
        self._resident = Resident(Program("Chatterbox", command, self._room, LIMITS, sees, PULL))
        cancelled, log = (context.cancelled, context.log) if context else (never, lambda _line: None)
        facts = self._resident.start(LOADING_S, cancelled, log)
        if facts.get("rate") != RATE:
            self.unload()
            raise EngineError(f"Chatterbox speaks at {facts.get('rate')} Hz, not at {RATE}.", PULL)
        return self._resident

    def _sample(self, options: LineOptions, context: Context) -> Path:
        """The longest of the samples' best parts, where the program sees it; written once for a voice."""
        assert self._room is not None  # the program was started
        name = hashlib.sha256("".join(sample.sha256 for sample in options.samples).encode()).hexdigest()[:16]
        path = self._room / f"{name}.wav"
        if not path.is_file():
            best = max(best_samples(options, RATE, self._all_weights, context), key=len)
            path.write_bytes(to_wav(best, RATE))
        return path

    @property
    def _environment(self) -> Environment:
        return Environment(self.environment_folder or Path("environments") / ID)

    @property
    def _all_weights(self) -> Path | None:
        return self.weights_folder.parent if self.weights_folder else None


def _read(path: Path, rate: object) -> Samples:
    """The sound that the program wrote. Raises EngineError when it is none."""
    if rate != RATE or not path.is_file() or path.stat().st_size > 4 * RATE * LONGEST_S:
        raise EngineError("Chatterbox ended well and wrote no sound that can be used.", "Make the line again.")
    audio = np.fromfile(path, dtype="<f4").astype(np.float32)
    if not np.isfinite(audio).all():
        raise EngineError("Chatterbox wrote what is no sound.", "Make the line again.")
    return np.clip(audio, -1.0, 1.0)
