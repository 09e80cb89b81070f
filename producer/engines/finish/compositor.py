"""The finished cut: scene, presenter, cards, captions and sound in one MP4, then measured.

plan ─┬─▶ compose frame by frame ─┬─▶ encode ─▶ decode and measure ─▶ Cut
      └─▶ mix the sound ──────────┘
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from config.errors import BadInput, StudioError, Unavailable
from producer.engines.base import Context, EngineInfo, Licence, Problem
from producer.engines.finish.belongings import film_of, kit_of, picture_of, soundtrack_of
from producer.engines.finish.measuring import measure
from producer.engines.requests import FinishRequest, size_of
from producer.memory import give_back_spare
from storage.documents import Check, Cut, SpokenSpan, Word
from storage.orders import EncoderName

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from producer.checks.media import Inspection
    from producer.render.cards.base import BrandKit, Design
    from producer.render.compositor import Composer
    from producer.render.encoders import VideoEncoder
    from producer.render.renderers import Renderer
    from producer.render.sound.aac import Coded
    from producer.render.timeline import Timeline

    Pixels = npt.NDArray[np.uint8]
    Loader = Callable[[], Callable[..., Renderer]]

POLL_FRAMES = 5
"""Frames between looks at whether somebody cancelled: well under half a second."""
POSTER_QUALITY = 90
COMPOSED = 0.90
"""Fraction of the work that is done after the last frame."""
NEEDED = {"skia": "skia-python", "cv2": "opencv-python-headless", "av": "av", "scipy": "scipy", "segno": "segno"}

Timed = TypeVar("Timed", Word, SpokenSpan)


class Compositor:
    """Encodes with x264; those in `encoded.py` with something else. `weights_folder` is where the networks of the
    lip-sync check lie, under `weights_name`."""

    weights_name = "compositor"
    weights_folder: Path | None = None

    info = EngineInfo(
        id="compositor",
        stage="finish",
        version="6",
        title="Compositor",
        code_licence=Licence("Apache-2.0 AND GPL-2.0-or-later"),
    )
    encoder_name: EncoderName = "x264"

    def __init__(self, renderers: Mapping[str, Loader] | None = None) -> None:
        """`renderers`: id → a loader of a renderer class; None = the registered ones."""
        self._renderers = renderers
        self._heard: tuple[tuple[object, ...], tuple[Sequence[Coded], list[Check]]] | None = None

    def check(self) -> list[Problem]:
        missing = [package for module, package in NEEDED.items() if find_spec(module) is None]
        return [Problem(f"The package {package} is not installed.", f"pip install {package}") for package in missing]

    def load(self, device: str = "cpu") -> None:
        """Import what `run` needs, so that the first cut is no slower than the next. Raises Unavailable."""
        try:
            import cv2

            import producer.render.compositor
            import producer.render.encode  # noqa: F401
        except ImportError as error:
            raise Unavailable(
                f"The drawing library cannot start ({error}).", "On Debian or Ubuntu: apt install libegl1 libgl1."
            ) from error
        cv2.setNumThreads(1)  # the encoder has its own threads; cv2's would only fight with them

    def unload(self) -> None:
        """Let go of the last sound."""
        self._heard = None

    @property
    def encoder(self) -> VideoEncoder:
        from producer.render.encoders import ENCODERS

        return ENCODERS[self.encoder_name]

    def run(self, request: FinishRequest, context: Context) -> Cut:
        from producer.render import captions
        from producer.render.design import language_of

        plan, words = self._plan(request)
        picture, complaints = picture_of(request, context)
        kit, unbranded = kit_of(request, context)
        context.progress(0.0, "composing")
        video, poster = context.workdir / "cut.mp4", context.workdir / "poster.jpg"
        with ThreadPoolExecutor(1, "sound") as mixer:
            mixed = mixer.submit(self._sound, request, context, plan)
            sound = mixer.submit(lambda: mixed.result()[0])
            composer = self._composer(request, context, plan, words, picture, kit)
            shown = poster, _poster_frame(request, plan, context)
            _encode(composer, plan, sound, video, shown, self.encoder, context)
        layout, weights = composer.design.layout, self.weights_folder
        seen, lips, sightings = measure(video, request, plan.offset_s, layout, weights, context, begun=COMPOSED)
        cues = captions.file_chunks(words)
        artifacts = context.artifacts
        return Cut(
            format=request.options.format,
            video=artifacts.put(video, "video/mp4"),
            poster=artifacts.put(poster, "image/jpeg"),
            srt=artifacts.put_bytes(captions.srt(cues).encode("utf-8"), "application/x-subrip"),
            vtt=artifacts.put_bytes(captions.vtt(cues, language_of(request)).encode("utf-8"), "text/vtt"),
            media=seen.facts,
            checks=(
                *_checks(request, seen, plan, composer),
                *lips,
                *request.performance.checks,
                *complaints,
                *unbranded,
                *mixed.result()[1],
            ),
            sightings=tuple(sightings),
            line_spans=tuple(_later(span, plan.offset_s) for span in request.speech.lines),
            words=words if request.speech.words else (),
            peaks=seen.peaks,
        )

    def composer(self, request: FinishRequest, context: Context) -> tuple[Composer, Timeline]:
        """What draws the cut's frames, and when things happen in it."""
        plan, words = self._plan(request)
        picture, kit = picture_of(request, context)[0], kit_of(request, context)[0]
        return self._composer(request, context, plan, words, picture, kit), plan

    def _sound(self, request: FinishRequest, context: Context, plan: Timeline) -> tuple[Sequence[Coded], list[Check]]:
        """The encoded sound, kept until another one is wanted: the next format of the same clip has the same."""
        from producer.render.sound.aac import coded

        music = request.options.music, request.options.music_file, request.options.loudness_lufs
        key = (request.speech.audio, request.script, request.seed, plan, *music)
        if self._heard is None or self._heard[0] != key:
            self._heard = None  # or there would be two in memory
            track, complaints = soundtrack_of(request, context, plan)
            self._heard = key, (coded(track, context.stop_if_cancelled), complaints)
        return self._heard[1]

    def _plan(self, request: FinishRequest) -> tuple[Timeline, tuple[Word, ...]]:
        """The timeline, and the words at their time in it."""
        from producer.render import captions, timeline

        brand = request.options.brand
        plan = timeline.plan(request.speech.duration_s, request.options.fps, intro=brand.intro, outro=brand.outro)
        timed = request.speech.words or captions.estimated(request.script.lines, request.speech.lines)
        return plan, tuple(_later(word, plan.offset_s) for word in timed)

    def _composer(
        self, request: FinishRequest, context: Context, plan: Timeline, words: tuple[Word, ...],
        picture: Pixels | None, kit: BrandKit,
    ) -> Composer:  # fmt: skip
        from producer.render.cards.captions import captions_for
        from producer.render.compositor import Composer
        from producer.render.design import design_for
        from producer.render.inputs import read_scene
        from producer.render.story import beats_for, topic_of

        options, design = request.options, design_for(request, plan, kit)
        scene = read_scene(context.artifacts.fetch(request.scene.image), size_of(options.format, options.resolution))
        captions = captions_for(options.captions, design, words, timed=bool(request.speech.words))
        renderer = self._renderer(request, context, design)
        beats, topic = beats_for(request, design.timeline, words), topic_of(request)
        fps, seed = request.performance.fps, request.seed
        backdrop = request.backdrop
        moves = options.motion == "kenburns" or (backdrop is not None and backdrop.move == "closer")
        film = film_of(backdrop, design, context) if backdrop and backdrop.loop else None
        return Composer(design, scene, renderer, captions, picture, fps, seed, beats, topic, moves, film)

    def _renderer(self, request: FinishRequest, context: Context, design: Design) -> Callable[[Pixels], Renderer]:
        """What paints the presenter: footage as it is, or tracks through the renderer they were made for."""
        from producer.render.presenter.framing import placement_for

        performance, layout = request.performance, design.layout
        placement = placement_for(layout, performance.look)
        if performance.footage is not None:
            from producer.render.footage import FootageRenderer
            from producer.render.photo.framing import window

            footage = context.artifacts.fetch(performance.footage)
            box = window(placement, (layout.width, layout.height))
            return lambda frame: FootageRenderer(footage, frame, box)
        if performance.tracks is None:
            raise BadInput("The performance has neither footage nor tracks.", "Make the video stage again.")
        from producer.render.inputs import read_tracks, with_files

        paints = _loader(performance.renderer, self._renderers)()
        tracks = read_tracks(context.artifacts.fetch(performance.tracks))
        look = with_files(performance.look, context.artifacts)
        return lambda frame: paints(tracks, look, frame, placement, float(layout.height))


def _loader(renderer: str, renderers: Mapping[str, Loader] | None) -> Loader:
    if renderers is None:
        from producer.render.renderers import RENDERERS

        renderers = RENDERERS
    if renderer not in renderers:
        known = ", ".join(sorted(renderers))
        raise BadInput(f"Nobody here draws “{renderer}”.", f"Make the video stage again; known: {known}.")
    return renderers[renderer]


def _poster_frame(request: FinishRequest, plan: Timeline, context: Context) -> int:
    from producer.render.inputs import read_tracks
    from producer.render.poster import poster_frame

    performance = request.performance
    tracks = {} if performance.tracks is None else read_tracks(context.artifacts.fetch(performance.tracks))
    return poster_frame(plan, tracks, performance.fps)


def _encode(
    composer: Composer, plan: Timeline, sound: Future[Sequence[Coded]], video: Path, poster: tuple[Path, int],
    encoder: VideoEncoder, context: Context,
) -> None:  # fmt: skip
    """`poster`: its file, and the frame that it shows."""
    import cv2

    from producer.render.encode import Encoder

    give_back_spare()  # an encoder takes the most memory of all
    height, width = composer.frame.shape[:2]
    with _disk_errors_explained(), Encoder(video, (width, height), plan.fps, sound, encoder) as file:
        for frame in range(plan.frames):
            if frame % POLL_FRAMES == 0:
                context.stop_if_cancelled()
                context.progress(COMPOSED * frame / plan.frames, "composing")
            if frame == poster[1]:
                pixels = cv2.cvtColor(composer.compose(frame, captions=False), cv2.COLOR_BGRA2BGR)
                _, data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, POSTER_QUALITY])
                poster[0].write_bytes(data.tobytes())
            file.write(composer.compose(frame))


@contextlib.contextmanager
def _disk_errors_explained() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise StudioError(
            f"The video could not be written ({reason}).", "Make room on the disk, then try again."
        ) from error


def _checks(request: FinishRequest, seen: Inspection, plan: Timeline, composer: Composer) -> list[Check]:
    from producer.checks.media import media_checks
    from producer.checks.screen import screen_checks

    has_source = (request.options.source or request.script.source) is not None
    return media_checks(seen, plan.frames, request.options.loudness_lufs) + screen_checks(composer, has_source)


def _later(timed: Timed, offset_s: float) -> Timed:
    """The same thing in the cut's time."""
    return timed.model_copy(update={"start": round(timed.start + offset_s, 4), "end": round(timed.end + offset_s, 4)})
