"""The drawn presenter's performance: mouth, head, eyes and breath follow the speech. Numbers only; `drawn/2` paints."""

from __future__ import annotations

from producer.engines.base import Context, EngineInfo, Licence, Problem
from producer.engines.requests import VideoRequest
from storage.documents import Performance


class Drawn:
    """Any language, any look: `options.look` names one (`{"name": "mara"}`), sets free parameters, or does both."""

    info = EngineInfo(
        id="drawn",
        stage="video",
        version="2",
        title="Drawn presenter",
        code_licence=Licence("Apache-2.0"),
        presenters=("drawn",),
    )

    def check(self) -> list[Problem]:
        return []

    def load(self, device: str = "cpu") -> None:
        """Nothing to make resident."""

    def unload(self) -> None:
        """Nothing to free."""

    def run(self, request: VideoRequest, context: Context) -> Performance:
        """Raises BadInput for an unknown look, or for sound that is not mono 16-bit WAV."""
        from producer.render.presenter.look import resolve
        from producer.render.presenter.looks import DEFAULT, LOOKS
        from producer.render.presenter.motion import Spoken, perform
        from producer.render.presenter.prosody import loudness_of, sentences
        from producer.render.presenter.tracks import to_bytes

        look = resolve(request.options.look, LOOKS, DEFAULT)
        speech = request.speech
        context.stop_if_cancelled()
        loudness = loudness_of(context.artifacts.fetch(speech.audio), speech.duration_s)
        spoken = Spoken(speech.phonemes, sentences(request.script, speech), speech.duration_s, loudness)
        context.progress(0.3, "moving")
        tracks = perform(spoken, request.options.fps, request.seed)
        context.stop_if_cancelled()
        stored = context.artifacts.put_bytes(to_bytes(tracks), "application/x-npz")
        context.progress(1.0, "moved")
        return Performance(
            duration_s=speech.duration_s,
            fps=request.options.fps,
            renderer="drawn/2",
            tracks=stored,
            look=look.model_dump(),
        )
