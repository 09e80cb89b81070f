"""Pocket TTS: a small neural voice for English, French, German, Portuguese, Italian, Spanish and Dutch, on two CPU cores.

    voice ─▶ one that was published with the weights, or learnt from samples (`own_voice.py`)
    line ─▶ sentences, each listened to and spoken again when it is wrong (`telling.py`) ─▶ the show's pace

Code: pocket-tts (MIT), an extra of its own. Weights: CC-BY-4.0, Kyutai. Each language is a network of its own, in the
repository's own layout: `languages/EDITION/`. A voice belongs to the network that it was published with. Those that can
learn a voice are gated: whoever accepts the repository's conditions puts them into `weights/pocket-tts-cloning`.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from config.errors import Unavailable
from producer.engines.base import Context, EngineInfo, Licence, Need, Problem, VoiceInfo
from producer.engines.line.ears import Ears
from producer.engines.line.own_voice import best_samples, learnt
from producer.engines.line.spoken import readable, spoken_line
from producer.engines.line.telling import Mouth, Teller
from producer.engines.requests import LineOptions, LineRequest
from producer.fingerprint import fingerprint
from producer.nets.pocket.package import INSTALL, missing_packages
from producer.speech.languages import primary
from producer.speech.paced import paced
from storage.documents import ArtifactRef, SpokenLine
from storage.orders import own_voice

if TYPE_CHECKING:
    from producer.nets.pocket.checkpoint import Voice
    from producer.nets.pocket.speaker import Speaker

ID, CLONING = "pocket-tts", "pocket-tts-cloning"
EDITIONS = {
    "en": "english_2026-04", "fr": "french", "de": "german", "pt": "portuguese", "it": "italian", "es": "spanish",
    "nl": "dutch",
}  # fmt: skip
"""Language → the configuration of pocket-tts 4 that speaks it."""
VOICES: dict[str, dict[str, str]] = {
    "en": {"alba": "female", "anna": "female", "george": "male", "peter_yearsley": "male"},
    "fr": {"estelle": "female"}, "de": {"juergen": "male"}, "pt": {"rafael": "male"}, "it": {"giovanni": "male"},
    "es": {"lola": "female"}, "nl": {"daan": "male"},
}  # fmt: skip
"""Known before anything is fetched, the default one first: pocket-tts's own defaults, and English ones under free licences."""
GATED = "19f95fe2df36e79fbd9f10008595cc4c977a0fcc"
"""The revision of kyutai/pocket-tts that pocket-tts 4.0.1 names for its English edition of April 2026."""
MODEL, TOKENIZERS, KEPT_VOICES = "model.safetensors", ("tokenizer.json", "tokenizer.model"), "embeddings"


class Pocket:
    """One line in one of the published voices, named `en-alba`."""

    id: ClassVar[str] = ID
    title: ClassVar[str] = "Pocket TTS"
    weights_licence: ClassVar[Licence] = Licence("CC-BY-4.0")
    needs: ClassVar[Need] = ""

    weights_folder: Path | None = None

    def __init__(self, ears: Ears | None = None) -> None:
        """Ears are found beside the weights; whoever hands some in is listened to by them."""
        self._teller = Teller(ears)
        self._open: tuple[str, Speaker] | None = None

    @property
    def info(self) -> EngineInfo:
        here = self._languages()
        return EngineInfo(
            id=self.id,
            stage="line",
            version="1",
            title=self.title,
            code_licence=Licence("MIT"),
            weights_licence=self.weights_licence,
            languages=here or tuple(EDITIONS),
            needs=self.needs,
            weights=self._fingerprint(here),
            cures=(INSTALL, self._fetch),
        )

    def check(self) -> list[Problem]:
        problems = [Problem(f"{self.title} needs the package {package}.", INSTALL) for package in missing_packages()]
        if not self._languages():
            problems.append(Problem(f"{self.title}'s weights are not here.", self._fetch))
        return problems

    def load(self, device: str = "cpu") -> None:
        """The first language that is here; another one takes its place when a line wants it. It always runs on the CPU."""
        for problem in self.check():
            raise Unavailable(problem.message, problem.cure)
        self._speaker(self._languages()[0])

    def unload(self) -> None:
        if self._open is not None:
            self._open[1].close()
        self._open = None
        self._teller.close()

    def catalogue(self) -> tuple[VoiceInfo, ...]:
        """The known ones, then those that the user has put beside them."""
        ready = not self.check()
        return tuple(
            VoiceInfo(
                f"{language}-{name}", name.replace("_", " ").title(), language,
                VOICES[language].get(name, "any"), here=ready and language in self._languages() and name in self._kept(language),  # type: ignore[arg-type]
            )
            for language in EDITIONS
            for name in dict.fromkeys([*VOICES[language], *self._kept(language)])
        )  # fmt: skip

    def run(self, request: LineRequest, context: Context) -> SpokenLine:
        """Raises BadInput for a line that it cannot read, or a voice that it has no samples of; Unavailable for weights
        or voices that are none."""
        options, info = request.options, self.info
        readable(options, info)
        context.stop_if_cancelled()
        context.progress(0.0, "opening the voice")
        speaker = self._speaker(primary(options.language))
        name, voice = self._voice(speaker, options, context)
        context.stop_if_cancelled()
        mouth = Mouth(
            self.id, speaker.rate, speaker.fits,
            lambda text, seed, look_up: paced(speaker.say(text, voice, seed, look_up), speaker.rate, options.rate),
        )  # fmt: skip
        utterance = self._teller.tell(request, mouth, self._all_weights, context)
        return spoken_line(utterance, options, name, context)

    def _voice(self, speaker: Speaker, options: LineOptions, _context: Context) -> tuple[str, Voice]:
        """The wanted one where it is here, else the language's default, else its first."""
        language = primary(options.language)
        kept = self._kept(language)
        names = [options.voice.removeprefix(f"{language}-"), *VOICES[language], *kept]
        name = next(name for name in names if name in kept)
        return f"{language}-{name}", speaker.voice(self._folder(language) / KEPT_VOICES / f"{name}.safetensors")

    def _speaker(self, language: str) -> Speaker:
        from producer.nets.pocket.speaker import Speaker

        if self._open is None or self._open[0] != language:
            if self._open is not None:
                self._open[1].close()
            self._open = None
            self._open = language, Speaker(self._folder(language), EDITIONS[language])
        return self._open[1]

    def _languages(self) -> tuple[str, ...]:
        """Those whose files are here."""
        return tuple(language for language in EDITIONS if self._complete(language))

    def _complete(self, language: str) -> bool:
        folder = self._folder(language)
        has_words = any((folder / name).is_file() for name in TOKENIZERS)
        return has_words and (folder / MODEL).is_file() and (self.needs == "samples" or bool(self._kept(language)))

    def _kept(self, language: str) -> list[str]:
        return sorted(path.stem for path in (self._folder(language) / KEPT_VOICES).glob("*.safetensors"))

    def _folder(self, language: str) -> Path:
        return (self.weights_folder or Path("weights") / self.id) / "languages" / EDITIONS[language]

    def _fingerprint(self, languages: tuple[str, ...]) -> str:
        if not languages:
            return "not here"
        found = [f"{language} {fingerprint(self._folder(language) / MODEL)}" for language in languages]
        return hashlib.sha256("\n".join(found).encode()).hexdigest()[:16]

    @property
    def _fetch(self) -> str:
        """What brings the English weights."""
        return f"run.py pull {self.id}"

    @property
    def _all_weights(self) -> Path | None:
        return self.weights_folder.parent if self.weights_folder else None


class PocketCloning(Pocket):
    """A presenter's own voice, learnt from a few seconds of it. The weights that can do that are gated."""

    id = CLONING
    title = "Pocket TTS, cloning"
    weights_licence = Licence("CC-BY-4.0, with conditions of the repository", "use-limited")
    needs = "samples"

    def catalogue(self) -> tuple[VoiceInfo, ...]:
        ready, here = not self.check(), self._languages()
        return tuple(
            VoiceInfo(f"own-{language}", "Their own", language, "any", here=ready and language in here, borrowed=True)
            for language in EDITIONS
        )

    def _voice(self, speaker: Speaker, options: LineOptions, context: Context) -> tuple[str, Voice]:
        language = primary(options.language)

        def learn() -> ArtifactRef:
            context.progress(0.0, "learning the voice")
            best = max(best_samples(options, speaker.rate, self._all_weights, context), key=len)
            return context.artifacts.put_bytes(speaker.learn(best), "application/x-safetensors")

        path = learnt(self.info, f"{CLONING}-voice/1 {language}", options, context, learn)
        return own_voice(options.samples), speaker.voice(path)

    @property
    def _fetch(self) -> str:
        where, wanted = self.weights_folder or Path("weights") / self.id, f"languages/{EDITIONS['en']}/*"
        return f'hf download kyutai/pocket-tts --include "{wanted}" --revision {GATED} --local-dir "{where}"'
