"""A whole composed frame of a small clip, at any moment of it, with nothing spoken or encoded.

body ─ headline ─ picture ─ quote ─ number ─ list ─ link ─ outro          each card has BEAT_S seconds
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import skia

from producer.render.brushes import outline, rect, solid, swapped
from producer.render.captions import estimated
from producer.render.cards.base import BrandKit, Design, Wording
from producer.render.cards.captions import captions_for
from producer.render.cards.plan import Beat, Content, Headline, Items, Link, Number, Photo, Quote
from producer.render.compositor import Composer
from producer.render.gallery.exhibit import Pixels
from producer.render.gallery.sayings import SAYINGS, Saying
from producer.render.labels import labels_for
from producer.render.layout import Layout, layout_for
from producer.render.presenter.framing import placement_for
from producer.render.presenter.look import Framing
from producer.render.presenter.renderer import DrawnRenderer
from producer.render.presenter.stills import still
from producer.render.renderers import Renderer
from producer.render.scene.backdrops import paint
from producer.render.scene.palettes import PALETTES, Palette
from producer.render.text import Typesetter
from producer.render.timeline import Timeline, plan
from producer.speech.languages import is_rtl_language
from storage.documents import Format, ScriptLine, SpokenSpan, Word
from storage.orders import Captions, Platform, Resolution

FPS = 25
BEAT_S = 2.4
SEEN = 0.86
"""How much of a card's time has passed when it is shown: all of it has come, nothing has gone."""
URL = "https://www.gazette.example/city/night-trams"
TOPIC = "tram night city"
CARDS = ("headline", "picture", "quote", "number", "list", "link")
MOMENTS = ("intro", *CARDS, "outro")
"""What may be asked of `Staged.at`. The presenter's name, the source's line and the watermark are there with the
headline."""


@dataclass(frozen=True)
class Staging:
    """What is to be seen. `look`: "" = the one that goes with the saying; `logo`: whether the show has one, in the intro, the outro and as a watermark; `picture`:
    whether the topic brings one; `end_card`: whether the outro is the show's own picture."""

    saying: Saying = SAYINGS["Latin"]
    format: Format = "16:9"
    resolution: Resolution = 720
    platform: Platform = "any"
    look: str = ""
    framing: Framing = "half"
    backdrop: str = "skyline"
    palette: str = "harbour"
    captions: Captions = "words"
    logo: bool = False
    picture: bool = False
    end_card: bool = False


class Staged:
    """The clip. Nothing is drawn before a frame is asked for."""

    def __init__(self, wanted: Staging, type_: Typesetter | None = None) -> None:
        """`type_`: sets all text; None = the usual one of the language."""
        self.wanted, self._type = wanted, type_

    def at(self, moment: str) -> Pixels:
        """The frame, opaque RGBA, at one of the `MOMENTS`."""
        return swapped(self.composer.compose(self.frame_of(moment)))

    def emoji(self) -> Pixels:
        """The frame, opaque RGBA, while the captions show the story's emoji."""
        captions = self.composer.captions
        chunks = captions.chunks if captions else []
        shown = next(chunk for chunk in chunks if any("🌙" in word.text for word in chunk.words))
        frames = range(int(shown.words[0].start * FPS) + 1, int(shown.end * FPS))
        return swapped(self.composer.compose(min(frames, key=self._unsettled)))

    def _unsettled(self, frame: int) -> float:
        """How far a frame is from the moment at which its card is looked at, in shares of the card's time."""
        return abs((frame - self._timeline.body) / (BEAT_S * FPS) % 1 - SEEN)

    def frame_of(self, moment: str) -> int:
        times = self._timeline
        if moment == "intro":
            return times.body - 4
        if moment == "outro":
            return times.frames - 2
        return int(times.body + (CARDS.index(moment) + SEEN) * BEAT_S * FPS)

    @cached_property
    def composer(self) -> Composer:
        design = self._design
        layout = design.layout
        scene = paint(self.wanted.backdrop, design.palette, (layout.width, layout.height), layout.face, seed=1)
        captions = captions_for(self.wanted.captions, design, self._words(), timed=True)
        picture = paint("hills", PALETTES["meadow"], (960, 640), (480, 200), seed=4) if self.wanted.picture else None
        return Composer(design, scene, self._presenter, captions, picture, FPS, 1, self._beats(), TOPIC)

    @cached_property
    def _timeline(self) -> Timeline:
        return plan(len(CARDS) * BEAT_S, FPS)

    @cached_property
    def _layout(self) -> Layout:
        wanted = self.wanted
        mirrored = is_rtl_language(wanted.saying.language)
        return layout_for(wanted.format, wanted.resolution, mirrored=mirrored, platform=wanted.platform)

    @cached_property
    def _design(self) -> Design:
        wanted, palette = self.wanted, PALETTES[self.wanted.palette]
        kit = BrandKit(
            logo=logo(palette) if wanted.logo else None,
            watermark=0.85 if wanted.logo else 0.0,
            end_picture=_end_picture(palette, self._layout) if wanted.end_card else None,
        )
        type_ = self._type or Typesetter(wanted.saying.language)
        return Design(self._layout, self._timeline, palette, type_, _wording(wanted.saying), kit)

    def _presenter(self, frame: Pixels) -> Renderer:
        look = {"name": self.wanted.look or self.wanted.saying.look, "framing": self.wanted.framing}
        placement = placement_for(self._layout, look)
        return DrawnRenderer(still("ae", "glad"), look, frame, placement, float(self._layout.height))

    def _words(self) -> tuple[Word, ...]:
        times, saying = self._timeline, self.wanted.saying
        line = ScriptLine(text=saying.said, language=saying.language)
        spoken = SpokenSpan(start=times.offset_s, end=times.speech_end / FPS)
        return tuple(estimated([line], [spoken]))

    def _beats(self) -> list[Beat]:
        saying, start = self.wanted.saying, self._timeline.body / FPS
        said = tuple(start + (CARDS.index("list") + share) * BEAT_S for share in (0.2, 0.3, 0.4))
        contents: list[Content] = [
            Headline(), Photo("closer"), Quote(saying.quote, saying.source), Number(saying.value, saying.noun),
            Items(saying.items, said), Link(URL),
        ]  # fmt: skip
        return [Beat(start + n * BEAT_S, start + (n + 1) * BEAT_S, content) for n, content in enumerate(contents)]


def _wording(saying: Saying) -> Wording:
    labels = labels_for(saying.language)
    return Wording(
        title=saying.title,
        source=labels.source.format(saying.source),
        source_name=saying.source,
        source_title=saying.title,
        source_host="gazette.example",
        source_url=URL,
        show=saying.show,
        presenter=saying.presenter,
        role=saying.role,
        ai_label=labels.ai,
        end_text=saying.end,
    )


def logo(palette: Palette) -> Pixels:
    """The sign of The Morning Desk: a sun that rises over a desk. RGBA, not premultiplied, 320 × 208."""
    surface = skia.Surface(320, 208)
    canvas = surface.getCanvas()
    canvas.save()
    canvas.clipRect(rect(0, 0, 320, 170))
    canvas.drawCircle(160, 164, 84, solid(palette.accent))
    for degrees in (-72, -36, 0, 36, 72):
        canvas.save()
        canvas.rotate(degrees, 160, 164)
        canvas.drawLine(160, 58, 160, 20, outline(palette.accent, 15))
        canvas.restore()
    canvas.restore()
    canvas.drawRoundRect(rect(4, 178, 312, 22), 11, 11, solid("#ffffff"))
    return np.asarray(surface.makeImageSnapshot().toarray(colorType=skia.kRGBA_8888_ColorType), np.uint8)


def _end_picture(palette: Palette, layout: Layout) -> Pixels:
    return paint("bokeh", palette, (layout.width, layout.height), layout.face, seed=2)
