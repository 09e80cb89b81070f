"""The photo presenter's performance: one portrait that speaks.

    options.look = {"portrait": an artifact reference, …}

The portrait is studied, judged and cut out once; `photo/1` then bends it by the same tracks as the drawn presenter. One
that cannot be made to speak is shown as it is, in a frame that hears the voice (`framed/1`), and the performance says
why.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from config.errors import BadInput, Unavailable
from producer.engines.base import Context, EngineInfo, Licence, Problem
from producer.engines.requests import VideoRequest
from producer.engines.video.moves import moves_of
from producer.weights import read_lock
from storage.documents import ArtifactRef, Check, Performance

if TYPE_CHECKING:
    from producer.render.photo.gate import Refusal
    from producer.render.photo.prepare import Prepared
    from producer.render.photo.study import Observer

ID = "photo"
REMEMBERED = 4
"""Portraits whose cut-outs are kept: a show has one or two presenters, and a cut-out takes about a second."""


class Photo:
    """Any language, any portrait that the gate lets through."""

    weights_folder: Path | None = None

    def __init__(self) -> None:
        self._lock = read_lock()[ID]
        self.info = EngineInfo(
            id=ID,
            stage="video",
            version="1",
            title="Photo presenter",
            code_licence=Licence("Apache-2.0"),
            weights_licence=Licence(self._lock.licence),
            presenters=("portrait",),
            weights=self._lock.fingerprint,
            cures=(f"run.py pull {ID}",),
        )
        self._observer: Observer | None = None
        self._prepared: dict[str, Prepared | Refusal] = {}

    def check(self) -> list[Problem]:
        if self._lock.missing(self.weights_folder):
            return [Problem("The photo presenter's face models are not installed.", f"run.py pull {ID}")]
        return []

    def load(self, device: str = "cpu") -> None:
        for problem in self.check():
            raise Unavailable(problem.message, f"Run `{problem.cure}`.")
        from producer.render.photo.study import Observer

        assert self.weights_folder is not None  # else the check had found files missing
        self._observer = Observer(self.weights_folder)

    def unload(self) -> None:
        self._observer = None
        self._prepared.clear()

    def run(self, request: VideoRequest, context: Context) -> Performance:
        """Raises BadInput for a look without a portrait, or a portrait that is no picture."""
        from producer.render.photo.gate import Refusal

        portrait = portrait_of(request.options.look)
        context.stop_if_cancelled()
        context.progress(0.0, "looking at the portrait")
        prepared = self._prepare(portrait, context)
        context.stop_if_cancelled()
        context.progress(0.6, "moving")
        tracks = moves_of(request, context)
        kept = {name: request.options.look[name] for name in ("framing",) if name in request.options.look}
        if isinstance(prepared, Refusal):
            look = {**kept, "portrait": portrait.model_dump(), "refused": prepared.code}
            return self._performance("framed/1", tracks, look, request, context, _shown_still(prepared))
        cutout, plate = (context.artifacts.put_bytes(*file) for file in (prepared.cutout, prepared.plate))
        look = {
            **kept,
            "portrait": portrait.model_dump(),
            "cutout": cutout.model_dump(),
            "plate": plate.model_dump(),
            "setting": prepared.setting,
            "eyes_seen": prepared.eyes_seen,
        }
        return self._performance("photo/1", {**tracks, "points": prepared.points}, look, request, context)

    def _prepare(self, portrait: ArtifactRef, context: Context) -> Prepared | Refusal:
        from producer.render.inputs import read_picture
        from producer.render.photo.prepare import prepare

        if self._observer is None:
            raise Unavailable("The photo presenter is not loaded.", f"Run `run.py pull {ID}`.")
        if portrait.sha256 not in self._prepared:
            picture = read_picture(context.artifacts.fetch(portrait))
            made = prepare(picture, self._observer)
            while len(self._prepared) >= REMEMBERED:
                del self._prepared[next(iter(self._prepared))]
            self._prepared[portrait.sha256] = made
        return self._prepared[portrait.sha256]

    def _performance(
        self,
        renderer: str,
        tracks: dict[str, Any],
        look: dict[str, Any],
        request: VideoRequest,
        context: Context,
        checks: tuple[Check, ...] = (),
    ) -> Performance:
        from producer.render.presenter.tracks import to_bytes

        stored = context.artifacts.put_bytes(to_bytes(tracks), "application/x-npz")
        context.progress(1.0, "moved")
        return Performance(
            duration_s=request.speech.duration_s,
            fps=request.options.fps,
            renderer=renderer,
            tracks=stored,
            look=look,
            checks=checks,
        )


def portrait_of(look: dict[str, Any]) -> ArtifactRef:
    """Raises BadInput when the look names none."""
    try:
        return ArtifactRef.model_validate(look.get("portrait"))
    except ValidationError as error:
        raise BadInput("This presenter has no portrait.", "Add a picture to the presenter.") from error


def _shown_still(refusal: Refusal) -> tuple[Check, ...]:
    return (Check(name="portrait", value=f"{refusal.message} {refusal.cure}", bound="can speak", passed=False),)
