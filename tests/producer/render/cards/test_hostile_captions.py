"""Whatever is said: captions of every style hold it, in order, inside their box, and the box inside the safe area."""

import numpy as np
import pytest
import skia
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from producer.engines.requests import SIZES
from producer.render.cards.base import Design
from producer.render.cards.big_captions import BigCaptions
from producer.render.cards.captions import CaptionCard, captions_for
from producer.render.layout import Box
from storage.documents import Format, Word
from storage.orders import Captions
from tests.support.cutting import design_of, store_in
from tests.support.glyphs import missing_glyphs
from tests.support.hostile import HOSTILE, WORDS

FORMATS: list[Format] = list(SIZES)
STYLES: list[Captions] = ["words", "lines", "big"]
EVERYWHERE = pytest.mark.parametrize(("style", "format"), [(s, f) for s in STYLES for f in FORMATS])
SAID = st.lists(st.one_of(WORDS, WORDS, HOSTILE.filter(bool)), min_size=1, max_size=24)
few = settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def designs(tmp_path_factory: pytest.TempPathFactory) -> dict[Format, Design]:
    store = store_in(tmp_path_factory.mktemp("captions"))
    return {format: design_of(store, format=format, seconds=30.0) for format in FORMATS}


def spoken(texts: list[str]) -> tuple[Word, ...]:
    """A second for each; a new line after every ninth."""
    return tuple(Word(text=text, start=i, end=i + 0.8, line=i // 9) for i, text in enumerate(texts))


def card_of(style: Captions, design: Design, texts: list[str]) -> CaptionCard | BigCaptions:
    card = captions_for(style, design, spoken(texts), timed=True)
    assert isinstance(card, CaptionCard | BigCaptions)
    return card


@EVERYWHERE
@few
@given(SAID)
def test_every_word_is_shown_once_and_can_be_drawn(
    designs: dict[Format, Design], style: Captions, format: Format, texts: list[str]
) -> None:
    type_ = designs[format].type
    shown = [word for chunk in card_of(style, designs[format], texts).chunks for word in chunk.words]
    said = [word for word in spoken(texts) if type_.clean(word.text)]
    assert [word.start for word in shown] == [word.start for word in said]
    for before, after in zip(said, shown, strict=True):
        assert type_.clean(before.text).startswith(after.text.rstrip("…"))
        assert not missing_glyphs(type_, after.text)


@EVERYWHERE
@few
@given(SAID)
def test_rows_fit_their_box_and_the_box_the_safe_area(
    designs: dict[Format, Design], style: Captions, format: Format, texts: list[str]
) -> None:
    layout, card = designs[format].layout, card_of(style, designs[format], texts)
    for index, chunk in enumerate(card.chunks):
        assert len(chunk.rows) <= layout.caption_rows
        assert layout.safe.contains(card.box(index))
        assert not layout.face_box.overlaps(card.box(index))


@EVERYWHERE
@few
@given(SAID)
def test_letters_stay_inside_the_box(
    designs: dict[Format, Design], style: Captions, format: Format, texts: list[str]
) -> None:
    card = card_of(style, designs[format], texts[:6])
    for index, chunk in enumerate(card.chunks):
        pixels = np.zeros((*SIZES[format][::-1], 4), np.uint8)
        card.paint(skia.Surface(pixels).getCanvas(), round((chunk.words[-1].start + 0.4) * 25))
        ys, xs = np.nonzero(pixels[..., 3] > 128)
        box, edge = card.box(index), 2
        shown = Box(xs.min(), ys.min(), np.ptp(xs), np.ptp(ys))
        assert Box(box.x - edge, box.y - edge, box.width + 2 * edge, box.height + 2 * edge).contains(shown)
