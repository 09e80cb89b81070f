"""That whole frames of every layout, and text in every script, stay as they were when somebody last looked at them."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import cv2
import numpy as np
import pytest

from producer.engines.requests import SIZES
from producer.render.brushes import canvas_on, swapped
from producer.render.cards.captions import captions_for
from producer.render.cards.plan import Beat, Headline, Number
from producer.render.compositor import Composer
from producer.render.presenter.framing import placement_for
from producer.render.presenter.renderer import DrawnRenderer
from producer.render.presenter.stills import still
from producer.render.scene.backdrops import paint
from producer.render.scene.palettes import PALETTES
from producer.render.text import BOLD, Style
from storage.documents import Format
from storage.orders import Captions
from tests.support.cutting import design_of, evenly, store_in
from tests.support.golden import FOLDER, Pixels, alike, differences, golden

FORMATS: list[Format] = list(SIZES)
SHRINK = 0.32
LOOK = {"name": "mara"}
SCRIPTS = {
    "pl": ("Zażółć gęślą jaźń nad rzeką", "Crème brûlée, año, Ňĺ"),
    "vi": ("Tiếng Việt ở thủ đô Hà Nội", "Ế ẩm, đường phố"),
    "ru": ("Ночные трамваи возвращаются", "Съешь ещё этих"),
    "el": ("Τα νυχτερινά τραμ επιστρέφουν", "Καλημέρα, ΐσως"),
    "zh": ("夜间电车2026年回到老城，用AI调度", "看到 AI 芯片， 真好"),
    "ja": ("夜のトラムがAIで町に戻る", "カードが 3 枚 ある。"),
    "ko": ("밤 전차가 옛 도심으로 돌아온다", "안녕하세요, 세계"),
    "ar": ("ترام الليل يعود إلى المدينة القديمة 2026", "قال BBC اليوم"),
    "he": ("החשמלית חוזרת לעיר העתיקה", "שלום עולם 2026"),
    "hi": ("रात की ट्राम पुराने शहर में लौटी", "क्षत्रिय हूँ मैं"),
    "en": ("Night trams 🚀 return 🇫🇷 to town ❤️", "Big 👩🏽‍🚀 news 👍🏿"),
}
LARGE = ("vi", "zh", "ar", "hi")
"""Scripts whose letters reach farther, in large captions too."""


def composed(folder: Path, format: Format) -> Pixels:
    """A frame of the body at about a third of its size: presenter, name, captions, a card, the source and the AI label."""
    design = design_of(store_in(folder), format=format, seconds=6.0)
    layout, timeline = design.layout, design.timeline
    words = tuple(evenly("Night trams return to the old town this winter", timeline.offset_s, timeline.offset_s + 6))
    place, beats = placement_for(layout, LOOK), [Beat(0.0, 2.5, Headline()), Beat(2.5, 99.0, Number("4.2", "million"))]
    composer = Composer(
        design,
        paint("studio", PALETTES["harbour"], (layout.width, layout.height), layout.face, seed=1),
        lambda frame: DrawnRenderer(still("E", "glad"), LOOK, frame, place, float(layout.height)),
        captions_for("words", design, words, timed=True),
        seed=1,
        beats=beats if format in ("1:1", "9:16") else (),
    )
    return shrunk(swapped(composer.compose(timeline.speech_start + 75)), SHRINK)


def written(folder: Path, language: str, style: Captions) -> Pixels:
    """A title over captions on plain ground, at half their size."""
    title, said = SCRIPTS[language]
    design = design_of(store_in(folder), format="1:1", seconds=3.0, language=language)
    ground = np.full((230, 640, 4), (62, 42, 26, 255), np.uint8)
    canvas = canvas_on(ground)
    block = design.type.fit(title, Style(1, BOLD), 580, 120, range(44, 20, -2), 2)
    design.type.draw_block(canvas, block, 30, 18, Style(1, BOLD), 580)
    words = tuple(evenly(said, design.timeline.offset_s, design.timeline.offset_s + 3))
    card = captions_for(style, design, words, timed=True)
    assert card is not None
    x, y = design.layout.captions.centre
    canvas.translate(320 - round(x), 172 - round(y))
    card.paint(canvas, design.timeline.speech_start + 20)
    return shrunk(swapped(ground), 0.5)


def shrunk(pixels: Pixels, share: float) -> Pixels:
    small = cv2.resize(pixels, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    return np.ascontiguousarray(small[..., :3], np.uint8)


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Pixels]:
    folder = tmp_path_factory.mktemp("scripts")
    shown: list[tuple[str, Captions]] = [(language, "words") for language in SCRIPTS]
    shown += [(language, "big") for language in LARGE]
    return {f"{language}, {style}": written(folder, language, style) for language, style in shown}


@pytest.mark.parametrize("format", FORMATS)
def test_a_frame_of_every_layout_is_as_it_was(tmp_path: Path, format: Format) -> None:
    frame = composed(tmp_path, format)
    before = golden(f"frame-{format.replace(':', 'x')}", {format: frame})[format]
    assert alike(frame, before), differences(frame, before)


def test_text_in_every_script_is_as_it_was(scripts: dict[str, Pixels]) -> None:
    before = golden("scripts", scripts)
    changed = {
        name: differences(pixels, before[name]) for name, pixels in scripts.items() if not alike(pixels, before[name])
    }
    assert not changed


def test_the_tolerance_tells_texts_apart(scripts: dict[str, Pixels]) -> None:
    assert not [pair for pair in combinations(scripts, 2) if alike(scripts[pair[0]], scripts[pair[1]])]


def test_golden_frames_are_small() -> None:
    files = [*FOLDER.glob("frame-*.png"), FOLDER / "scripts.png"]
    assert sum(file.stat().st_size for file in files) <= 400_000
