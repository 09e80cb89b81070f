"""What checks may look at: the request, the spoken sound by itself, and what was seen when the cut was played."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from producer.engines.requests import QualityRequest
from producer.speech.intake import read_sound
from producer.speech.sound import Samples
from producer.speech.wav import from_wav
from storage.artifacts import ArtifactStore
from storage.documents import Cut, Script, Sighting
from storage.quality import QualityRules, Where

Picture = npt.NDArray[np.uint8]

LOOK = (12, 8)
"""Width and height of a scene, shrunken to what one remembers of it."""
LONGEST_S, KEPT_S = 600.0, 60.0
"""Of a recording of the presenter's voice: more says no more of it."""


@dataclass(frozen=True)
class Evidence:
    """Of one cut. Sound and files are read once, when the first check asks for them."""

    request: QualityRequest
    artifacts: ArtifactStore
    look_up: Callable[[], None] = lambda: None
    """Called now and then by checks that take long; raises Cancelled."""

    @property
    def rules(self) -> QualityRules:
        return self.request.options.rules

    @property
    def script(self) -> Script:
        return self.request.script

    @property
    def cut(self) -> Cut:
        return self.request.cut

    @cached_property
    def sound(self) -> tuple[Samples, int]:
        """The speech without music, as it was before it was mixed: mono samples and their rate."""
        return from_wav(self.artifacts.fetch(self.request.speech.audio))

    @cached_property
    def look(self) -> str:
        """The scene's colours, row by row, in hexadecimal. Raises BadInput where it is no picture."""
        import cv2

        from producer.render.inputs import read_picture

        picture = read_picture(self.artifacts.fetch(self.request.scene.image))[:, :, :3]
        return cv2.resize(picture, LOOK, interpolation=cv2.INTER_AREA).tobytes().hex()

    @cached_property
    def captions(self) -> str:
        """The SRT file."""
        return self.artifacts.fetch(self.cut.srt).read_text("utf-8")

    def sighting(self, name: str) -> Sighting | None:
        return next((seen for seen in self.cut.sightings if seen.name == name), None)

    def frames(self, times: Iterable[float]) -> Iterator[tuple[float, Picture]]:
        """The cut's frames at these times, RGB, each with its own time; none beyond its end."""
        import av

        with av.open(str(self.artifacts.fetch(self.cut.video))) as container:
            video = container.streams.video[0]
            for at in times:
                container.seek(int(at * av.time_base))  # to the key frame before it
                found = next((frame for frame in container.decode(video) if float(frame.time or 0.0) >= at), None)
                if found is not None:
                    yield float(found.time or 0.0), np.asarray(found.to_ndarray(format="rgb24"), np.uint8)

    def spoken(self) -> Iterator[tuple[int, Samples, int]]:
        """Each line's number, samples and their rate."""
        samples, rate = self.sound
        for number, span in enumerate(self.request.speech.lines):
            self.look_up()
            yield number, samples[round(span.start * rate) : round(span.end * rate)], rate

    def own_samples(self, rate: int) -> list[Samples]:
        """The beginning of each recording that the presenter gave of their own voice. Raises BadInput."""
        files = [self.artifacts.fetch(one) for one in self.request.options.samples]
        return [read_sound(file, rate, LONGEST_S, self.look_up)[: round(KEPT_S * rate)] for file in files]

    def line_where(self, number: int) -> tuple[Where, ...]:
        """Where a line of the script sounds in the cut."""
        spans = self.cut.line_spans
        return (Where(start=spans[number].start, end=spans[number].end, line=number),) if number < len(spans) else ()

    def line_at(self, seconds: float) -> int:
        """The line that sounds at a time of the cut; -1 = none."""
        spans = enumerate(self.cut.line_spans)
        return next((number for number, span in spans if span.start <= seconds < span.end), -1)
