"""The cards of a cut, one after the other in one place: each comes softly, stands still, and makes room for the next.

    beats ─▶ which card when (see `plan`)      cards ─▶ how it looks: one module each

A card that stands still is painted once, into a background that is used as long as nothing of it changes; only what
moves is painted in each frame. One card and one background are kept, made when a frame first needs them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Sequence
from itertools import takewhile
from typing import Protocol

import numpy as np
import numpy.typing as npt
import skia

from producer.render.brushes import canvas_on, layer_image, layer_on
from producer.render.cards.base import Design
from producer.render.cards.headline import Headline
from producer.render.cards.items import ItemsCard
from producer.render.cards.link import link_card
from producer.render.cards.number import number_card
from producer.render.cards.picture import ZOOM, PictureCard
from producer.render.cards.plan import Beat, Content, Items, Link, Number, Photo, Quote
from producer.render.cards.quote import quote_card
from producer.render.cards.stay import Stay, first, following
from producer.render.ground import Backdrop
from producer.render.layout import Box

Pixels = npt.NDArray[np.uint8]
Drawing = Callable[[tuple[int, int], int], Pixels]
"""(width, height) and a number → an opaque RGBA picture of that size, another one for each number."""

CROPPED = 1.35
"""How far the shape of a picture's frame may differ from the picture's own, to make use of the place."""
FLATTEST, TALLEST = 2.25, 0.8
"""Shapes of pictures, width by height."""


class DeckCard(Protocol):
    """One card. Everything depends on the frame alone."""

    @property
    def box(self) -> Box:
        """Where it stands."""

    @property
    def cut(self) -> bool:
        """Whether words had to be left out."""

    def still(self, frame: int) -> Hashable | None:
        """What is to be seen, while nothing of it but a picture moves; equal values look alike. None = it moves."""

    def paint_still(self, canvas: skia.Canvas, frame: int) -> None:
        """What stands still in such a frame."""

    def paint(self, canvas: skia.Canvas, pixels: Pixels, frame: int) -> None:
        """The rest: all of it while it moves, and what never stands still. `canvas` draws into `pixels`."""


class Deck:
    """Plays the beats over a `ground`, opaque BGRA. Where that moves, what stands still is kept as a layer of its own."""

    def __init__(
        self, design: Design, beats: Sequence[Beat], ground: Backdrop, picture: Pixels | None, drawing: Drawing
    ) -> None:
        """`picture`: the topic's own, or None, where a `drawing` takes its part."""
        self._design, self._beats, self._ground = design, beats, ground
        self._picture, self._drawing = picture, drawing
        fps = design.timeline.fps
        self._starts = [beat.start * fps for beat in beats]
        self.headline = Headline(design, first(design.timeline), picture)
        self._card: tuple[int, DeckCard] | None = None
        self._baked: Pixels = np.empty_like(ground.at(0))
        self._layer: Pixels = np.zeros_like(self._baked) if ground.moves else self._baked
        self._baked_for: Hashable = None

    def background(self, frame: int) -> Pixels:
        """The ground with what stands still in this frame. Not to be written to."""
        number = self._number(frame)
        card = self._card_of(number)
        state = card.still(frame)
        ground = self._ground.at(frame)
        if state is None:
            return ground
        fresh = self._baked_for != (number, state)
        self._baked_for = (number, state)
        if self._ground.moves:
            return self._over_moving(ground, card if fresh else None, frame)
        if fresh:
            np.copyto(self._baked, ground)
            card.paint_still(canvas_on(self._baked), frame)
        return self._baked

    def _over_moving(self, ground: Pixels, card: DeckCard | None, frame: int) -> Pixels:
        """The layer of what stands still, over what does not. `card`: whose layer is to be painted first."""
        if card is not None:
            self._layer.fill(0)
            card.paint_still(layer_on(self._layer), frame)
        np.copyto(self._baked, ground)
        canvas_on(self._baked).drawImage(layer_image(self._layer), 0, 0)
        return self._baked

    def paint(self, canvas: skia.Canvas, pixels: Pixels, frame: int) -> None:
        """What moves in this frame, over its background."""
        self._card_of(self._number(frame)).paint(canvas, pixels, frame)

    def card(self, number: int) -> DeckCard:
        """The card of a beat, made anew. One that cannot show all its words gives way to a picture."""
        stay = self._stay(number)
        card = self._made(number, self._beats[number].content, stay)
        return self._shown(number, stay) if card.cut and not isinstance(card, Headline) else card

    def _made(self, number: int, content: Content, stay: Stay) -> DeckCard:
        match content:
            case Quote():
                return quote_card(self._design, stay, content)
            case Number():
                return number_card(self._design, stay, content)
            case Items():
                return ItemsCard(self._design, stay, content)
            case Link():
                return link_card(self._design, stay, content)
            case Photo():
                return self._shown(number, stay)
            case _:
                return Headline(self._design, stay, self._picture)

    def _shown(self, number: int, stay: Stay) -> DeckCard:
        """The picture, as large as the place allows. Where there is none, or it was just seen, a drawing."""
        before = [isinstance(beat.content, Photo) for beat in self._beats[:number]]
        content = self._beats[number].content
        motion = content.motion if isinstance(content, Photo) else "closer"
        cards, running = self._design.layout.cards, len(list(takewhile(bool, reversed(before))))
        picture = self._picture if running % 2 == 0 else None
        shape = cards.width / cards.height if picture is None else picture.shape[1] / picture.shape[0]
        box = picture_box(cards, shape)
        if picture is None:
            picture = self._drawing((round(box.width * (1 + ZOOM)), round(box.height * (1 + ZOOM))), sum(before))
        return PictureCard(self._design, picture, box, stay, motion)

    def _stay(self, number: int) -> Stay:
        until = self._starts[number + 1] if number + 1 < len(self._starts) else None
        times = self._design.timeline
        return following(times, self._starts[number], until) if number else first(times, until)

    def _number(self, frame: int) -> int:
        return max(0, bisect_right(self._starts, frame) - 1)

    def _card_of(self, number: int) -> DeckCard:
        if self._card is None or self._card[0] != number:
            self._card = (number, self.card(number))
        return self._card[1]


def picture_box(cards: Box, shape: float) -> Box:
    """Where a picture stands alone, in the middle of the place. `shape`: its width by its height."""
    lowest, highest = max(TALLEST, shape / CROPPED), min(FLATTEST, shape * CROPPED)
    wanted = min(max(cards.width / cards.height, min(lowest, FLATTEST)), max(highest, TALLEST))
    width, height = min(cards.width, wanted * cards.height), min(cards.height, cards.width / wanted)
    return Box(cards.x + (cards.width - width) / 2, cards.y + (cards.height - height) / 2, width, height)
