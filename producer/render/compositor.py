"""Frame k of a cut: the scene, then the presenter, then the cards.

background   scene (still, coming closer, or a film), shade, show name, and the card of the deck that stands still: one array
deck         a card that comes or goes, a picture       straight into the pixels
source       the line that names it                     never covered by a card
presenter    a renderer paints performance frame i      straight into the pixels
front        name, watermark, captions, progress, curtain, label
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
import skia

from producer.render.brushes import canvas_on, swapped
from producer.render.cards.base import Card, Design
from producer.render.cards.caption_rows import Captioned
from producer.render.cards.curtain import Curtain
from producer.render.cards.deck import Deck
from producer.render.cards.end_card import EndCard
from producer.render.cards.headline import brightest, shade, veil
from producer.render.cards.illustration import Illustration
from producer.render.cards.intro import Intro
from producer.render.cards.logo import Watermark
from producer.render.cards.marks import AiLabel, Progress, ShowName
from producer.render.cards.name import NameCard
from producer.render.cards.outro import Outro
from producer.render.cards.plan import Beat, Headline
from producer.render.cards.source import SourceLine
from producer.render.ground import Backdrop, Film, FilmedGround, Ground
from producer.render.layout import Box
from producer.render.renderers import Renderer
from producer.render.timeline import WIPE_S

Pixels = npt.NDArray[np.uint8]


class Composer:
    """Composes any frame, in any order, into one buffer that it owns. Equal inputs give equal pixels."""

    def __init__(
        self,
        design: Design,
        scene: Pixels,
        renderer: Callable[[Pixels], Renderer],
        captions: Captioned | None,
        picture: Pixels | None = None,
        performance_fps: int | None = None,
        seed: int = 0,
        beats: Sequence[Beat] = (),
        topic: str = "",
        moves: bool = False,
        film: Film | None = None,
    ) -> None:
        """`scene` and `picture` are opaque RGBA, the scene of the layout's size; `renderer` gets the frame to paint on.
        `beats` are the deck's, () = the headline alone; `topic`: the words that an illustration goes by.
        `moves`: whether the scene comes slowly closer. `film`: the scene as a film of the same size, shown instead."""
        layout, timeline = design.layout, design.timeline
        self.design = design
        self._timeline = timeline
        self._ratio = (performance_fps or timeline.fps) / timeline.fps
        self.frame: Pixels = np.zeros((layout.height, layout.width, 4), np.uint8)
        self._canvas = canvas_on(self.frame)
        self.source = SourceLine(design)
        self._ground = self._grounded(swapped(scene), ShowName(design), film, moves=moves)
        beats = beats or [Beat(0.0, timeline.duration_s, Headline())]
        self.deck = Deck(design, beats, self._ground, picture, Illustration(topic, design.palette, seed).draw)
        self._renderer = renderer(self.frame)
        self.captions = captions
        self._front: list[Card] = [NameCard(design)]
        if design.kit.logo is not None and design.kit.watermark > 0:
            self._front.append(Watermark(design, design.kit.logo))
        curtain = Curtain(design, seed)
        self._last: list[Card] = [Progress(design)]
        if timeline.body > 0:
            self._last.append(Intro(design, curtain))
        if timeline.outro < timeline.frames:
            end = design.kit.end_picture
            self._last.append(Outro(design, curtain) if end is None else EndCard(design, end))
        if design.wording.ai_label:
            self._last.append(AiLabel(design))

    def compose(self, frame: int, captions: bool = True) -> Pixels:
        """The frame, (height, width, 4) opaque BGRA; valid until the next call."""
        if not self._hidden(frame):
            np.copyto(self.frame, self.deck.background(frame))
            self.deck.paint(self._canvas, self.frame, frame)
            self.source.paint(self._canvas, frame)
            self._renderer.paint(round((frame - self._timeline.speech_start) * self._ratio))
            for card in self._front:
                card.paint(self._canvas, frame)
            if captions and self.captions:
                self.captions.paint(self._canvas, frame)
        for card in self._last:
            card.paint(self._canvas, frame)
        return self.frame

    def _grounded(self, scene: Pixels, name: ShowName, film: Film | None, *, moves: bool) -> Backdrop:
        """The scene under its shade, and the show's name."""
        design, box = self.design, self._shaded(self.design)

        def over(canvas: skia.Canvas) -> None:
            name.paint(canvas, 0)

        if film is None:
            shade(scene, design, box)
            return Ground(scene, design.layout, self._timeline.frames, over, moves=moves)
        alpha = max(veil(film.at(index), design, box) for index in range(film.frames))
        return FilmedGround(film, self._timeline.fps, lambda frame: shade(frame, design, box, alpha), over)

    def behind_headline(self) -> str:
        """The colour of the brightest spots behind the title."""
        return brightest(self._ground.at(0), self.deck.headline.box)

    def _hidden(self, frame: int) -> bool:
        """Whether a curtain covers the scene entirely."""
        return frame < self._timeline.body or frame >= self._timeline.outro + WIPE_S * self._timeline.fps

    def _shaded(self, design: Design) -> Box:
        """What must be readable: the headline, the source under it and, in its corner, the show's name."""
        safe, box = design.layout.safe, design.layout.source
        left, right = (box.x, safe.right) if design.layout.mirrored else (safe.x, box.right)
        return Box(left, safe.y, right - left, box.bottom - safe.y)
