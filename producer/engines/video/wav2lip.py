"""A portrait whose mouth Wav2Lip makes speak: our own network, the weights that its authors published.

    options.look = {"portrait": an artifact reference, …}

The weights are for research and not for business; nobody may pass them on, so that nobody can pull them: whoever has
them puts the file into the data folder. It runs only where a show prefers it and the settings allow such licences.
"""

from __future__ import annotations

import math
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from config.errors import BadInput, Unavailable
from config.folders import INSTALLED
from producer.engines.base import Context, EngineInfo, Licence, Problem
from producer.engines.requests import VideoRequest
from producer.engines.video.photo import ID as FACES
from producer.engines.video.photo import portrait_of
from producer.fingerprint import fingerprint
from producer.stopwatch import Stopwatch
from producer.weights import read_lock
from storage.documents import ArtifactRef, Performance

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from producer.nets.wav2lip.speaker import Speaker
    from producer.nets.wav2lip.still import Still
    from producer.render.photo.study import Observer

    Floats = npt.NDArray[np.float32]

ID = "wav2lip"
CHECKPOINTS = tuple(f"{name}.{kind}" for kind in ("pth", "safetensors") for name in ("wav2lip_gan", "wav2lip"))
"""What the file may be called; the first that is there is taken."""
TORCH = 'pip install "torch>=2.7,<3"'
LOOKED, MADE = 0.05, 0.98
"""Fractions of the work that are done when the portrait was looked at, and when the last frame was made."""


class Wav2Lip:
    """Any language; any portrait that the photo presenter's gate lets through."""

    weights_folder: Path | None = None

    def __init__(self, observer: Observer | None = None, speaker: Speaker | None = None) -> None:
        """Both are loaded by `load`; whoever hands them in needs no weights."""
        self.watch = Stopwatch()
        self._observer, self._speaker = observer, speaker

    @property
    def info(self) -> EngineInfo:
        path = self._checkpoint()
        return EngineInfo(
            id=ID,
            stage="video",
            version="1",
            title="Wav2Lip",
            code_licence=Licence("Apache-2.0"),
            weights_licence=Licence("Wav2Lip weights (research only)", "non-commercial"),
            lane="gpu",
            presenters=("portrait",),
            memory_mb=1500,
            weights=fingerprint(path) if path else "not here",
            cures=(f"run.py pull {FACES}", TORCH),
        )

    def check(self) -> list[Problem]:
        problems = []
        if self._checkpoint() is None:
            where = self.weights_folder or Path("weights") / ID
            problems.append(
                Problem("Wav2Lip's weights are not here.", f"Put the published {CHECKPOINTS[0]} into {where}.")
            )
        if self._faces() is None:
            problems.append(Problem("The face models that find a mouth are not installed.", f"run.py pull {FACES}"))
        if find_spec("torch") is None:
            problems.append(Problem("Wav2Lip needs the package torch.", TORCH))
        return problems

    def load(self, device: str = "cpu") -> None:
        for problem in self.check():
            raise Unavailable(problem.message, problem.cure)
        import cv2

        from producer.nets.wav2lip.checkpoint import read_checkpoint
        from producer.nets.wav2lip.speaker import Speaker
        from producer.render.photo.study import Observer

        cv2.setNumThreads(1)  # torch has its own threads; cv2's would only fight with them
        checkpoint, faces = self._checkpoint(), self._faces()
        assert checkpoint is not None  # else the check had found it missing
        assert faces is not None  # likewise
        self._observer = Observer(faces)
        self._speaker = Speaker(read_checkpoint(checkpoint), device)

    def unload(self) -> None:
        if self._speaker is not None:
            self._speaker.close()
        self._observer = self._speaker = None

    @property
    def speaker(self) -> Speaker:
        """The loaded network. Raises Unavailable when it is not."""
        if self._speaker is None:
            raise Unavailable("Wav2Lip is not loaded.", "Load it first.")
        return self._speaker

    def run(self, request: VideoRequest, context: Context) -> Performance:
        """Raises BadInput for a look without a portrait, or a portrait that cannot speak."""
        from producer.nets.wav2lip.mel import windows
        from producer.render.inputs import read_voice

        portrait, speech, fps = portrait_of(request.options.look), request.speech, request.options.fps
        context.stop_if_cancelled()
        context.progress(0.0, "looking at the portrait")
        with self.watch.part("portrait"):
            still = self._still(portrait, context)
        context.stop_if_cancelled()
        with self.watch.part("sound"):
            samples, rate = read_voice(context.artifacts.fetch(speech.audio))
            heard = windows(samples, rate, max(1, math.ceil(speech.duration_s * fps - 1e-6)), fps)
        footage = self._film(still, heard, fps, context)
        context.progress(1.0, "spoken")
        kept = {name: request.options.look[name] for name in ("framing",) if name in request.options.look}
        look = {**kept, "portrait": portrait.model_dump()}
        return Performance(duration_s=speech.duration_s, fps=fps, footage=footage, look=look)

    def _still(self, portrait: ArtifactRef, context: Context) -> Still:
        """Before the network is asked for anything: what cannot speak is refused as the photo presenter would."""
        from producer.nets.wav2lip.still import still_of
        from producer.render.inputs import read_picture
        from producer.render.photo.gate import judge
        from producer.render.photo.prepare import colours_of

        if self._observer is None:
            raise Unavailable("Wav2Lip is not loaded.", "Load it first.")
        colours = colours_of(read_picture(context.artifacts.fetch(portrait)))
        study = self._observer.study(colours)
        if refusal := judge(study.measures):
            raise BadInput(f"This portrait cannot speak. {refusal.message}", refusal.cure)
        assert study.anatomy is not None  # where there is a face
        return still_of(colours, study.anatomy, self._observer.top(colours, study.anatomy))

    def _film(self, still: Still, heard: Floats, fps: int, context: Context) -> ArtifactRef:
        """Each batch of faces goes from the network straight to the encoder."""
        from producer.nets.wav2lip.film import Film
        from producer.nets.wav2lip.paste import Paste

        speaker, watch, path = self.speaker, self.watch, context.workdir / "footage.mp4"
        with watch.part("paste"):
            paste = Paste(still)
        with Film(path, still.picture, paste.box, fps) as film:
            with watch.part("network"):
                seen = speaker.see(still.face())
            for start in range(0, len(heard), speaker.batch):
                context.stop_if_cancelled()
                context.progress(LOOKED + (MADE - LOOKED) * start / len(heard), "speaking")
                with watch.part("network"):
                    faces = speaker.pictures(heard[start : start + speaker.batch], seen)
                with watch.part("paste"):
                    for face in faces:
                        film.write(paste.part(face))
        watch.add("film", film.encoding_s)
        with watch.part("store"):
            return context.artifacts.put(path, "video/mp4")

    def _checkpoint(self) -> Path | None:
        folder = self.weights_folder
        paths = [folder / name for name in CHECKPOINTS] if folder else []
        return next((path for path in paths if path.is_file()), None)

    def _faces(self) -> Path | None:
        """The photo presenter's weights: pulled into the folder beside, or come with the installation."""
        beside = [self.weights_folder.parent / FACES] if self.weights_folder else []
        lock = read_lock()[FACES]
        return next((path for path in (*beside, INSTALLED / "weights" / FACES) if not lock.missing(path)), None)
