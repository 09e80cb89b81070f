"""XTTS v2 speaks in a presenter's own voice, learnt from a few seconds of it, in 17 languages.

    samples ─▶ latents, kept in the artifact store by what they are made of
    line ─▶ sentences that fit the network ─▶ sound ─▶ listened to; spoken again when words are missing or added
         ─▶ times, by a voice that has clocks laid along it

Code: coqui-tts (MPL-2.0), an extra of its own. The weights are under the Coqui Public Model License: not for business.
Nobody may count on that being read, so that they are not fetched: whoever has them puts the published files into the data
folder. It runs only for presenters who gave samples of their voice, and where the settings allow such licences.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from config.errors import BadInput, Unavailable
from producer.engines.base import Context, EngineInfo, Licence, Problem, VoiceInfo
from producer.engines.line.ears import RATE as HEARING_RATE
from producer.engines.line.ears import Ears
from producer.engines.line.spoken import readable, spoken_line
from producer.engines.line.timing import Timing
from producer.engines.requests import LineOptions, LineRequest
from producer.fingerprint import fingerprint
from producer.likeness import alike
from producer.nets.xtts.package import INSTALL, missing_packages
from producer.speech.intake import read_sound
from producer.speech.languages import UNSPACED, primary
from producer.speech.pace import PAUSE_S, seconds_to_say
from producer.speech.reference import best_part, cut
from producer.speech.respelling import respelling
from producer.speech.sentences import halves, split
from producer.speech.sound import Samples, faded, resampled, silence, spoken_part
from producer.speech.speaking import CLAUSE_PAUSE_S, SENTENCE_PAUSE_S
from producer.speech.verify import faults, plausible
from storage.artifacts import StageRecord
from storage.canonical import tagged_hash
from storage.documents import SpokenLine, VoiceLatents
from storage.orders import own_voice

if TYPE_CHECKING:
    from producer.nets.xtts.speaker import Latents, Speaker

ID = "xtts"
FILES = ("config.json", "model.pth", "vocab.json")
LANGUAGES = ("en", "es", "fr", "de", "it", "pt", "pl", "tr", "ru", "nl", "cs", "ar", "zh", "hu", "ko", "ja", "hi")
OPTIONAL = {"ja": "cutlet"}
"""Languages that need a package of their own."""
TRIES = 3
"""How often a sentence is spoken at most; the best of them is kept."""
LONGEST_SAMPLE_S = 600.0
SHORTEST_VOICE_S = 3.0
"""Less of a voice than this is not enough to learn it."""


@dataclass(frozen=True)
class Piece:
    """As much text as is spoken in one go, and the pause before it."""

    text: str
    pause_s: float


@dataclass(frozen=True)
class Attempt:
    """One try at a piece, and how many words were missing or added; an implausible length counts as all of them."""

    audio: Samples
    faults: int


class Xtts:
    """One line in the voice of `options.samples`."""

    weights_folder: Path | None = None

    def __init__(self, speaker: Speaker | None = None, ears: Ears | None = None) -> None:
        """The speaker is loaded by `load`; whoever hands one in needs no weights. Ears are found beside the weights."""
        self._speaker, self._ears = speaker, ears
        self._timing: Timing | None = None

    @property
    def info(self) -> EngineInfo:
        here = self._missing_files() == []
        return EngineInfo(
            id=ID,
            stage="line",
            version="2",
            title="XTTS",
            code_licence=Licence("MPL-2.0"),
            weights_licence=Licence("CPML-1.0", "non-commercial"),
            lane="gpu",
            languages=tuple(lang for lang in LANGUAGES if lang not in OPTIONAL or find_spec(OPTIONAL[lang])),
            needs="samples",
            memory_mb=2600,
            weights=fingerprint(self._folder / "model.pth") if here else "not here",
            cures=(INSTALL,),
        )

    def check(self) -> list[Problem]:
        problems = [Problem(f"XTTS needs the package {package}.", INSTALL) for package in missing_packages()]
        if missing := self._missing_files():
            cure = f"Put the published {', '.join(missing)} into {self.weights_folder or Path('weights') / ID}."
            problems.append(Problem("XTTS's weights are not here.", cure))
        return problems

    def load(self, device: str = "cpu") -> None:
        for problem in self.check():
            raise Unavailable(problem.message, problem.cure)
        from producer.nets.xtts.speaker import Speaker

        self._speaker = Speaker(self._folder, device)

    def unload(self) -> None:
        for part in (self._speaker, self._timing, self._ears):
            if part is not None:
                part.close()
        self._speaker = self._timing = self._ears = None

    def catalogue(self) -> tuple[VoiceInfo, ...]:
        here = not self.check()
        return tuple(
            VoiceInfo(f"own-{language}", "Their own", language, "any", here=here, borrowed=True)
            for language in self.info.languages
        )

    def run(self, request: LineRequest, context: Context) -> SpokenLine:
        """Raises BadInput for a presenter without samples, or samples with too little in them."""
        options, speaker = request.options, self._loaded()
        readable(options, self.info)
        context.stop_if_cancelled()
        context.progress(0.0, "learning the voice")
        voice = self._voice(options, context)
        context.stop_if_cancelled()
        said = respelling(options.hints)
        pieces = pieces_of(
            options.text, options.language, lambda text: speaker.fits(said(text), primary(options.language))
        )
        parts: list[Samples] = []
        for number, piece in enumerate(pieces):
            context.progress(0.05 + 0.85 * number / len(pieces), "speaking")
            best = self._spoken(piece.text, said, voice, request, number, context)
            parts += [silence(piece.pause_s / options.rate, speaker.rate), best] if parts else [best]
        context.progress(0.9, "finding the words")
        audio = np.concatenate(parts)
        utterance = self._times().timed(
            options.text, options.language, audio, speaker.rate, options.hints, context.stop_if_cancelled
        )
        return spoken_line(utterance, options, own_voice(options.samples), context)

    def _spoken(
        self, text: str, said: Callable[[str], str], voice: Latents, request: LineRequest, number: int, context: Context
    ) -> Samples:
        """The best of at most `TRIES`; the first that is right ends it."""
        speaker, options = self._loaded(), request.options
        tries: list[Attempt] = []
        for attempt in range(TRIES):
            seed = int(tagged_hash("xtts-try", [request.seed, number, attempt])[:8], 16)
            sound = speaker.say(
                said(text), primary(options.language), voice, options.rate, seed, context.stop_if_cancelled
            )
            context.stop_if_cancelled()
            tries.append(self._judged(sound, speaker.rate, said(text), options, context))
            if not tries[-1].faults:
                break
            context.log(f"try {attempt + 1} of “{text}”: {tries[-1].faults} words missing or added")
        return min(tries, key=lambda one: one.faults).audio

    def _judged(self, sound: Samples, rate: int, text: str, options: LineOptions, context: Context) -> Attempt:
        first, last = spoken_part(sound, rate)
        audio = faded(sound[first:last], rate)
        usual = seconds_to_say(text, options.language) - PAUSE_S
        everything = max(1, len(text.split()))
        if not plausible(len(audio) / rate, usual / options.rate):
            return Attempt(audio if len(audio) else silence(usual, rate), everything)
        ears = self._listener()
        if ears.problem:
            return Attempt(audio, 0)
        heard = ears.hear(resampled(audio, rate, HEARING_RATE), options.language, context.stop_if_cancelled)
        return Attempt(audio, faults(text, heard.text, options.language).count)

    def _voice(self, options: LineOptions, context: Context) -> Latents:
        """The samples' latents: found in the store by what they are made of, or made and kept there."""
        from producer.nets.xtts.speaker import SAMPLE_RATE, Latents

        if not options.samples:
            raise BadInput(
                "XTTS speaks in a presenter's own voice, and this one gave no sample of it.",
                "Add one: run.py presenters add NAME --sample FILE --consent …",
            )
        key = tagged_hash("xtts-voice/2", [self.info.weights, [sample.sha256 for sample in options.samples]])
        found = context.artifacts.result(key)
        if found is not None:
            kept = found.read()
            if isinstance(kept, VoiceLatents) and context.artifacts.holds(kept.latents.sha256):
                return Latents.read(context.artifacts.fetch(kept.latents))
            context.artifacts.discard_result(key)
        sounds = [
            read_sound(context.artifacts.fetch(sample), SAMPLE_RATE, LONGEST_SAMPLE_S, context.stop_if_cancelled)
            for sample in options.samples
        ]
        if sum(map(len, sounds)) < SHORTEST_VOICE_S * SAMPLE_RATE:
            raise BadInput(
                "The samples of this voice are too short.", f"Give at least {SHORTEST_VOICE_S:.0f} seconds of it."
            )
        made = self._loaded().latents([self._best_of(sound, SAMPLE_RATE) for sound in sounds])
        reference = context.artifacts.put_bytes(made.to_bytes(), "application/x-npz")
        learnt = VoiceLatents(latents=reference, samples=tuple(sample.sha256 for sample in options.samples))
        context.artifacts.commit(key, StageRecord.of(learnt, ID, self.info.version, 0.0))
        return made

    def _best_of(self, sound: Samples, rate: int) -> Samples:
        """The ten seconds of a recording that say most of a voice: over the noise, not cut off, of one speaker."""
        small = resampled(sound, rate, HEARING_RATE)
        return cut(sound, rate, best_part(small, HEARING_RATE, alike=alike(self._all_weights)))

    def _loaded(self) -> Speaker:
        if self._speaker is None:
            raise Unavailable("XTTS is not loaded.", "Load it first.")
        return self._speaker

    def _times(self) -> Timing:
        self._timing = self._timing or Timing(self._all_weights)
        return self._timing

    def _listener(self) -> Ears:
        self._ears = self._ears or Ears(self._all_weights)
        return self._ears

    @property
    def _all_weights(self) -> Path | None:
        return self.weights_folder.parent if self.weights_folder else None

    @property
    def _folder(self) -> Path:
        if self.weights_folder is None:
            raise Unavailable(
                "XTTS's weights are not here.", f"Put the published {', '.join(FILES)} into weights/{ID}."
            )
        return self.weights_folder

    def _missing_files(self) -> list[str]:
        folder = self.weights_folder
        return [name for name in FILES if folder is None or not (folder / name).is_file()]


def pieces_of(text: str, language: str, fits: Callable[[str], bool]) -> list[Piece]:
    """Sentences, each in as few parts as fit; short ones that follow each other are not joined."""

    def parts(sentence: str, pause_s: float) -> list[Piece]:
        if fits(sentence) or (two := halves(sentence)) is None:
            return [Piece(sentence, pause_s)]
        return parts(two[0], pause_s) + parts(two[1], CLAUSE_PAUSE_S)

    space = "" if primary(language) in UNSPACED else " "
    sentences: list[str] = []
    for sentence in split(text, language):
        if sentences and not any(map(str.isalnum, sentence)):
            sentences[-1] += f"{space}{sentence}"
        else:
            sentences.append(sentence)
    return [piece for sentence in sentences for piece in parts(sentence, SENTENCE_PAUSE_S)]
