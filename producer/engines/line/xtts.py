"""XTTS v2 speaks in a presenter's own voice, learnt from a few seconds of it, in 17 languages.

    samples ─▶ latents, kept in the artifact store by what they are made of (`own_voice.py`)
    line ─▶ sentences, each listened to and spoken again when it is wrong (`telling.py`)

Code: coqui-tts (MPL-2.0), an extra of its own. The weights are under the Coqui Public Model License: not for business.
Nobody may count on that being read, so that they are not fetched: whoever has them puts the published files into the data
folder. It runs only for presenters who gave samples of their voice, and where the settings allow such licences.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from config.errors import Unavailable
from producer.engines.base import Context, EngineInfo, Licence, Problem, VoiceInfo
from producer.engines.line.ears import Ears
from producer.engines.line.own_voice import best_samples, learnt
from producer.engines.line.spoken import readable, spoken_line
from producer.engines.line.telling import Mouth, Teller
from producer.engines.requests import LineOptions, LineRequest
from producer.fingerprint import fingerprint
from producer.nets.xtts.package import INSTALL, missing_packages
from producer.speech.languages import primary
from storage.documents import ArtifactRef, SpokenLine
from storage.orders import own_voice

if TYPE_CHECKING:
    from producer.nets.xtts.speaker import Latents, Speaker

ID = "xtts"
FILES = ("config.json", "model.pth", "vocab.json")
LANGUAGES = ("en", "es", "fr", "de", "it", "pt", "pl", "tr", "ru", "nl", "cs", "ar", "zh", "hu", "ko", "ja", "hi")
OPTIONAL = {"ja": "cutlet"}
"""Languages that need a package of their own."""


class Xtts:
    """One line in the voice of `options.samples`."""

    weights_folder: Path | None = None

    def __init__(self, speaker: Speaker | None = None, ears: Ears | None = None) -> None:
        """The speaker is loaded by `load`; whoever hands one in needs no weights. Ears are found beside the weights."""
        self._speaker, self._teller = speaker, Teller(ears)

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
        if self._speaker is not None:
            self._speaker.close()
        self._speaker = None
        self._teller.close()

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
        voice, language = self._voice(options, context), primary(options.language)
        context.stop_if_cancelled()
        mouth = Mouth(
            ID, speaker.rate, lambda text: speaker.fits(text, language),
            lambda text, seed, look_up: speaker.say(text, language, voice, options.rate, seed, look_up),
        )  # fmt: skip
        utterance = self._teller.tell(request, mouth, self._all_weights, context)
        return spoken_line(utterance, options, own_voice(options.samples), context)

    def _voice(self, options: LineOptions, context: Context) -> Latents:
        from producer.nets.xtts.speaker import SAMPLE_RATE, Latents

        def learn() -> ArtifactRef:
            made = self._loaded().latents(best_samples(options, SAMPLE_RATE, self._all_weights, context))
            return context.artifacts.put_bytes(made.to_bytes(), "application/x-npz")

        return Latents.read(learnt(self.info, "xtts-voice/2", options, context, learn))

    def _loaded(self) -> Speaker:
        if self._speaker is None:
            raise Unavailable("XTTS is not loaded.", "Load it first.")
        return self._speaker

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
